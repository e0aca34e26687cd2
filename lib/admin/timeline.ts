import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { accountDeletions, users } from "@/db/schema";
import { customerIdsOf } from "@/lib/account/deletion/customer-ids";
import { type Cursor, type PageOf, pageOf } from "./page-of";
import { timelineOf } from "./timeline-sources";

/** What happened, by where it is known from. Amounts in minor units, tax included. */
type Happened = {
  webhook: { webhookId: string; type: string; status: string };
  order: { description: string; status: string; reason: string; total: number; currency: string };
  audit: {
    action: string;
    objectId: string;
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
  };
  request: { action: string; product: string | null; outcome: string | null };
  mail: { template: string; sentAt: string | null };
  usage: { units: number };
};

export type TimelineKind = keyof Happened;
export type TimelineEntry = {
  [Kind in TimelineKind]: { key: string; at: Date; kind: Kind; data: Happened[Kind] };
}[TimelineKind];

/**
 * A page of all that happened to a customer, newest first: webhooks, orders, what the audit saw change, what they asked
 * for, mails, and use by day. One query, of whose sources each reads an index of the workspace, of Polar's customer or of
 * the address, from the newest or the page's beginning on, and stops when it has a page.
 */
export async function readTimeline(
  workspaceId: string,
  before: Cursor | null,
): Promise<PageOf<TimelineEntry>> {
  const [[user], [deletion], known] = await Promise.all([
    db().select({ email: users.email }).from(users).where(eq(users.id, workspaceId)),
    db()
      .select({ customerIds: accountDeletions.customerIds })
      .from(accountDeletions)
      .where(eq(accountDeletions.workspaceId, workspaceId)),
    customerIdsOf(db(), workspaceId),
  ]);
  const customerIds = [...new Set([...known, ...(deletion?.customerIds ?? [])])];
  const rows = await db().execute<{ at: string; key: string; data: object }>(
    timelineOf({ workspaceId, email: user?.email ?? null, customerIds, before }),
  );
  const page = pageOf([...rows], ({ at, key }) => ({ at, id: key }));
  return {
    next: page.next,
    rows: page.rows.map(({ at, key, data }) => {
      const kind = key.slice(0, key.indexOf(":")) as TimelineKind;
      return { key, at: new Date(at), kind, data } as TimelineEntry;
    }),
  };
}
