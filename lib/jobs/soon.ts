import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { logger } from "@/lib/observability/logger";
import { runWaiting } from "./bounded";

/** Shorter than a person's patience with the host: what is left, the next request or the cron runs. */
const seconds = 20;
/** What is to run later than this is left to the cron. */
const longestDelayMs = 5_000;

type Runs = { running?: Promise<void>; next?: Promise<void> };
const holder = globalThis as typeof globalThis & { northstarRuns?: Runs };

async function run(): Promise<void> {
  try {
    await runWaiting({ seconds });
  } catch (error) {
    logger.error({ err: error }, "Jobs that a request asked for wait for the cron");
  }
}

/** Of a process one run goes on at a time, and one more after it, however many ask. */
function runInTurn(): Promise<void> {
  holder.northstarRuns ??= {};
  const runs = holder.northstarRuns;
  runs.next ??= (runs.running ?? Promise.resolve()).then(() => {
    runs.running = run();
    runs.next = undefined;
    return runs.running;
  });
  return runs.next;
}

/**
 * Runs the jobs that wait, those included that were asked for until now.
 *
 * @param delayMs when the one that is asked for is to run.
 */
export function runSoon(delayMs = 0): Promise<void> {
  if (delayMs > longestDelayMs) return Promise.resolve();
  return delayMs > 0 ? wait(delayMs).then(runInTurn) : runInTurn();
}
