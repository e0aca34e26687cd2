import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { pastDueEpisodes, subscriptions } from "@/db/schema";
import { queueEmail } from "@/lib/email/queue";
import { enqueue } from "@/lib/jobs/enqueue";
import { logger } from "@/lib/observability/logger";
import { isHistory, rebuiltUntil } from "../history";
import { once, ownerOf } from "../side-effects";
import { daysAfter, episodeKey, pastDueSince, planName, reminderDays } from "./episode";

type Row = typeof subscriptions.$inferSelect;

async function begin(executor: Executor, row: Row, since: string): Promise<void> {
  await executor
    .insert(pastDueEpisodes)
    .values({ subscriptionId: row.id, since })
    .onConflictDoNothing();
  if (!(await once(executor, `past-due:${episodeKey(row.id, since)}`))) return;
  logger.warn({ subscription_id: row.id, workspace_id: row.workspaceId }, "Payment missed");
  const now = Date.now();
  const rebuilt = await rebuiltUntil(executor);
  for (const [index, day] of reminderDays.entries()) {
    const next = reminderDays[index + 1];
    // Heard of late: what a later reminder says by now is not said twice on one day.
    if (next !== undefined && daysAfter(since, next).getTime() <= now) continue;
    const reminder = { subscriptionId: row.id, since, day };
    const runAt = daysAfter(since, day);
    // What was due before a rebuild was mailed before it; what comes after it is still to be mailed.
    if (rebuilt && runAt < rebuilt) continue;
    await enqueue(executor, "remind_of_payment", reminder, { runAt });
  }
}

async function recover(executor: Executor, row: Row): Promise<void> {
  const recovered = await executor
    .update(pastDueEpisodes)
    .set({ recoveredAt: sql`now()` })
    .where(and(eq(pastDueEpisodes.subscriptionId, row.id), isNull(pastDueEpisodes.recoveredAt)))
    .returning();
  for (const { since } of recovered) {
    const key = `payment-recovered:${episodeKey(row.id, since)}`;
    if (!row.workspaceId || !(await once(executor, key))) continue;
    if (await isHistory(executor, row.versionAt)) continue;
    const owner = await ownerOf(executor, row.workspaceId);
    if (!owner || new Date(since) < owner.since) continue;
    await queueEmail(executor, {
      key,
      workspaceId: row.workspaceId,
      recipient: owner.email,
      template: "payment-recovered",
      props: { plan: planName(row) },
    });
  }
}

/**
 * What follows from a subscription's newest state for who pays it. The transaction that first sees it past
 * due schedules the reminders; the one that sees it paid again thanks, once. One that ends unpaid is
 * not thanked for.
 */
export async function followPayment(executor: Executor, subscriptionId: string): Promise<void> {
  const [row] = await executor
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId));
  if (!row?.workspaceId) return;
  const since = pastDueSince(row);
  if (since) await begin(executor, row, since);
  if (row.status === "active") await recover(executor, row);
}
