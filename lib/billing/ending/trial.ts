import "server-only";
import { eq } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { sideEffects, subscriptions } from "@/db/schema";
import { queueEmail } from "@/lib/email/queue";
import { enqueue } from "@/lib/jobs/enqueue";
import type { JobPayloads } from "@/lib/jobs/payloads";
import { episodeKey, planName } from "../dunning/episode";
import { rebuiltUntil } from "../history";
import { formatMoney } from "../money";
import { once, ownerOf } from "../side-effects";

type Row = typeof subscriptions.$inferSelect;

const leadMs = 3 * 86_400_000;

/** When a trial that goes on to a payment ends, as PostgreSQL writes it; null for whatever does not. */
function conversionOf(row: Row): string | null {
  const isComing = row.status === "trialing" && !row.cancelAtPeriodEnd && !row.deletedAt;
  return isComing ? row.trialEnd : null;
}

/** Three days before the trial's end; of one that is shorter than six days, half of it before. */
function remindAt(row: Row, trialEnd: string): Date {
  const end = new Date(trialEnd).getTime();
  const length = end - new Date(row.startedAt ?? row.currentPeriodStart).getTime();
  return new Date(end - Math.min(leadMs, Math.max(0, length / 2)));
}

const keyOf = (subscriptionId: string, trialEnd: string) =>
  `trial-ending:${episodeKey(subscriptionId, trialEnd)}`;

/**
 * Schedules the mail about a trial's end, by the newest state: one that is moved gets another, and the first finds that it
 * is not meant any more. Polar sends no webhook before a trial ends.
 */
export async function followTrial(executor: Executor, row: Row): Promise<void> {
  const trialEnd = conversionOf(row);
  if (!trialEnd || new Date(trialEnd).getTime() <= Date.now()) return;
  const key = keyOf(row.id, trialEnd);
  const [mailed] = await executor.select().from(sideEffects).where(eq(sideEffects.key, key));
  if (mailed) return;
  const runAt = remindAt(row, trialEnd);
  const rebuilt = await rebuiltUntil(executor);
  // What was due before a rebuild was mailed before it.
  if (rebuilt && runAt < rebuilt) {
    await once(executor, key);
    return;
  }
  const reminder = { subscriptionId: row.id, trialEnd };
  await enqueue(executor, "remind_of_trial", reminder, { key, keyMode: "preserve_run_at", runAt });
}

/** Mails that a trial ends, once, if it still ends then and goes on to a payment. */
export async function remindOfTrial(reminder: JobPayloads["remind_of_trial"]): Promise<void> {
  const { subscriptionId, trialEnd } = reminder;
  await db().transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.id, subscriptionId))
      .for("update");
    if (!row?.workspaceId || conversionOf(row) !== trialEnd) return;
    if (new Date(trialEnd).getTime() <= Date.now()) return;
    const key = keyOf(subscriptionId, trialEnd);
    if (!(await once(tx, key))) return;
    const owner = await ownerOf(tx, row.workspaceId);
    if (!owner) return;
    await queueEmail(tx, {
      key,
      workspaceId: row.workspaceId,
      recipient: owner.email,
      template: "trial-ending",
      props: {
        plan: planName(row),
        endsAt: new Date(trialEnd).toISOString(),
        price: formatMoney(row.amount, row.currency),
        interval: row.interval,
      },
    });
  });
}
