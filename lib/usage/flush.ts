import "server-only";
import { logger } from "@/lib/observability/logger";
import { retryAfter } from "@/lib/polar";
import { claimUses, releaseUses } from "./claim";
import { pausedUntil, pauseFor } from "./pause";
import { type Sent, sendUses } from "./send";
import { settleFree } from "./settle";

const batchSize = 500;

/** How a run went. `pausedUntil` is set when Polar wants nothing more before that moment. */
export type FlushReport = { settled: number; parked: number; pausedUntil: Date | null };

async function flushFree(): Promise<number> {
  for (let settled = 0; ; ) {
    const some = await settleFree(batchSize);
    settled += some;
    if (some < batchSize) return settled;
  }
}

/** One batch; null when none waits, the end of the pause when Polar asked for one. */
async function flushBatch(workspaceId?: string): Promise<Sent | Date | null> {
  const uses = await claimUses(batchSize, workspaceId);
  if (uses.length === 0) return null;
  try {
    const sent = await sendUses(uses);
    if (sent.isAhead) await releaseUses(uses);
    return sent;
  } catch (error) {
    await releaseUses(uses);
    const seconds = retryAfter(error);
    if (seconds === null) throw error;
    logger.warn({ seconds }, "Polar wants no more usage for now");
    return await pauseFor(seconds);
  }
}

/**
 * Settles what waits in the outbox: what is free is counted, what is billable is sent to Polar. Any number of workers
 * may run it at once. Should one die before it has marked what Polar took, that is sent again, and Polar knows it by
 * its id. After a 429 nobody sends anything before the moment that Polar has named.
 *
 * @param workspaceId sends this one's alone. What another worker has in hand is left to it.
 * @throws when Polar cannot be reached or fails: everything waits, and the next run sends it.
 */
export async function flushUsage(workspaceId?: string): Promise<FlushReport> {
  const report: FlushReport = { settled: await flushFree(), parked: 0, pausedUntil: null };
  for (;;) {
    report.pausedUntil = await pausedUntil();
    if (report.pausedUntil) return report;
    const outcome = await flushBatch(workspaceId);
    if (outcome === null) return report;
    if (outcome instanceof Date) return { ...report, pausedUntil: outcome };
    report.settled += outcome.settled;
    report.parked += outcome.parked;
    if (outcome.isAhead) return report;
  }
}
