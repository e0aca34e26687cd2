import "server-only";
import { and, eq, isNotNull, lt, ne, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { emails, webhookInbox } from "@/db/schema";

/**
 * Takes what a deletion may leave for a while: the body of a webhook that could not be applied, and after a
 * week the mail about the deletion where no mail server has taken it.
 */
export async function purgeForgotten(): Promise<void> {
  await db()
    .update(webhookInbox)
    .set({ body: null })
    .where(
      and(
        isNotNull(webhookInbox.body),
        ne(webhookInbox.status, "pending"),
        sql`${webhookInbox.customerId} in
          (select unnest(customer_ids) from account_deletions where anonymized_at is not null)`,
      ),
    );
  await db()
    .delete(emails)
    .where(
      and(
        eq(emails.template, "account-deleted"),
        lt(emails.createdAt, sql`now() - interval '7 days'`),
      ),
    );
}
