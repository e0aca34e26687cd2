import "server-only";
import { and, desc, eq, gte, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import type { StoredWebhook } from "@/lib/billing/webhooks/inbox";
import { scrub } from "@/lib/observability/scrub";
import { type InboxFilter, sinceOf } from "./inbox-filter";
import { type Cursor, type PageOf, pageOf, pageSize } from "./page-of";

/** A webhook in the list: without its body, which holds personal data. */
export type InboxRow = Pick<
  StoredWebhook,
  "webhookId" | "type" | "status" | "attempts" | "receivedAt" | "lastError"
>;

/**
 * A page of the inbox, newest first. Each filter reads an index in the order of the list: the one of types, of dead
 * letters, of what was received; what is pending is little. `ignored` alone, which is rare, reads what was received back
 * to the filter's age.
 */
export async function listWebhooks(
  filter: InboxFilter,
  after: Cursor | null,
): Promise<PageOf<InboxRow>> {
  const { status, type } = filter;
  const since = sinceOf(filter, new Date());
  const { webhookId, receivedAt } = webhookInbox;
  const found = await db()
    .select({
      webhookId,
      type: webhookInbox.type,
      status: webhookInbox.status,
      attempts: webhookInbox.attempts,
      receivedAt,
      lastError: webhookInbox.lastError,
      at: sql<string>`${receivedAt}::text`,
    })
    .from(webhookInbox)
    .where(
      and(
        status === "any" ? undefined : eq(webhookInbox.status, status),
        type === "" ? undefined : eq(webhookInbox.type, type),
        since ? gte(receivedAt, since) : undefined,
        after
          ? sql`(${receivedAt}, ${webhookId}) < (${after.at}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(receivedAt), desc(webhookId))
    .limit(pageSize + 1);
  const page = pageOf(found, ({ at, webhookId: id }) => ({ at, id }));
  return {
    ...page,
    rows: page.rows.map(({ at: _, lastError, ...row }) => ({
      ...row,
      lastError: lastError && scrub(lastError),
    })),
  };
}

/** How many wait, and how many were given up: each has an index of its own. */
export async function countWaiting(): Promise<{ pending: number; failed: number }> {
  const [row] = await db().execute<{ pending: number; failed: number }>(sql`
    select (select count(*)::int from webhook_inbox where status = 'pending') as pending,
      (select count(*)::int from webhook_inbox where status = 'failed') as failed`);
  return row ?? { pending: 0, failed: 0 };
}
