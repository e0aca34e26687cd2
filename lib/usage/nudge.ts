import "server-only";
import { db } from "@/db/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { logger } from "@/lib/observability/logger";

const intervalMs = 2_000;

let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Asks, at most every two seconds of this process, for what waits in the outbox to be sent. It is a matter of
 * seconds only: the job runs each minute anyway, so a failure is no failure of the use that has been stored.
 */
export async function flushSoon(): Promise<void> {
  if (performance.now() - askedAt < intervalMs) return;
  askedAt = performance.now();
  const runAt = new Date(Date.now() + intervalMs);
  try {
    await enqueue(
      db(),
      "flush_usage",
      {},
      { key: "flush-usage", keyMode: "preserve_run_at", runAt },
    );
  } catch (error) {
    logger.warn({ err: error }, "Sending usage could not be asked for; the next run will do it");
  }
}
