import "server-only";
import { and, ne } from "drizzle-orm";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { isPastRetention } from "@/lib/retention";

/** Empties the bodies of settled webhooks after 90 days: they hold personal data. What they led to stays. */
export async function purgeInbox(): Promise<void> {
  await db()
    .update(webhookInbox)
    .set({ body: null })
    .where(and(isPastRetention(webhookInbox.receivedAt), ne(webhookInbox.status, "pending")));
}
