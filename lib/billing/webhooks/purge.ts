import "server-only";
import { and, lt, ne, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";

/** Empties the bodies of settled webhooks after 90 days: they hold personal data. What they led to stays. */
export async function purgeInbox(): Promise<void> {
  await db()
    .update(webhookInbox)
    .set({ body: null })
    .where(
      and(
        lt(webhookInbox.receivedAt, sql`now() - interval '90 days'`),
        ne(webhookInbox.status, "pending"),
      ),
    );
}
