import "server-only";
import { type Runner, run, type Task, type TaskList } from "graphile-worker";
import { env } from "@/lib/env";
import { logger, withRequestId } from "@/lib/observability/logger";
import { engineLogger } from "./log";
import type { JobName, JobPayloads } from "./payloads";
import { tasks } from "./tasks";

/** What runs by the clock. Each is safe to run twice and at any time. */
const crontab = [
  "* * * * * apply_inbox",
  "* * * * * flush_usage",
  "*/15 * * * * check_webhooks",
  // One at a time, whatever the number of workers.
  "23 * * * * reconcile ?queue=reconcile&jobKey=reconcile",
  "41 * * * * abandon_checkouts",
  "17 3 * * * purge",
].join("\n");

function wrap<Name extends JobName>(
  name: Name,
  task: (payload: JobPayloads[Name]) => Promise<void>,
): Task {
  return async (payload, helpers) => {
    const given = payload as JobPayloads[Name] & { requestId?: string };
    await withRequestId(given.requestId ?? `job-${helpers.job.id}`, async () => {
      const started = performance.now();
      try {
        await task(given);
        logger.debug({ job: name, ms: Math.round(performance.now() - started) }, "Job done");
      } catch (error) {
        logger.error({ job: name, attempt: helpers.job.attempts, err: error }, "Job failed");
        throw error;
      }
    });
  };
}

/**
 * Starts the job engine in this process: it picks up jobs as they are enqueued, any number of processes
 * at once. Resolves when it listens.
 */
export async function startWorker(options: { concurrency?: number } = {}): Promise<Runner> {
  const taskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, wrap(name as JobName, task as never)]),
  ) as TaskList;
  const runner = await run({
    connectionString: env().DATABASE_URL,
    concurrency: options.concurrency ?? 4,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList,
    crontab,
    logger: engineLogger,
  });
  // What was received and not applied when the last process ended.
  await runner.addJob("apply_inbox", {}, { jobKey: "apply_inbox" });
  return runner;
}
