import "server-only";
import { EventEmitter } from "node:events";
import { run, type WorkerEvents } from "graphile-worker";
import { databaseAddresses } from "@/db/addresses";
import { env } from "@/lib/env";
import { crontab } from "./clock";
import { engineOptions, poolOf } from "./engine";
import { keepGivingSigns, type Patience, signOff, usualPatience } from "./sign-of-life";
import { taskList } from "./task-list";

/** A job engine that runs: `promise` settles when it has ended, `stop` ends it after the jobs that run. */
export type JobEngine = { promise: Promise<void>; stop: () => Promise<void> };

/**
 * Starts the job engine in this process: it picks up jobs as they are enqueued, any number of processes
 * at once, and those of processes that have died. Resolves when it listens.
 */
export async function startWorker(
  options: { concurrency?: number; patience?: Patience } = {},
): Promise<JobEngine> {
  const { concurrency = env().WORKER_CONCURRENCY, patience = usualPatience } = options;
  const events: WorkerEvents = new EventEmitter();
  const named = poolOf(events);
  const runner = await run({
    ...engineOptions(events, patience),
    connectionString: databaseAddresses().direct,
    concurrency,
    maxPoolSize: env().WORKER_POOL_SIZE,
    pollInterval: 2000,
    taskList: taskList(),
    crontab,
  });
  const { id } = (await named).pool;
  const signs = keepGivingSigns(id, patience);
  const promise = runner.promise.finally(async () => {
    await signs.stop();
    await signOff(id);
  });
  // What was received and not applied when the last process ended.
  await runner.addJob("apply_inbox", {}, { jobKey: "apply_inbox" });
  let stopping: Promise<void> | undefined;
  return {
    promise,
    stop() {
      stopping ??= runner.stop().then(() => promise);
      return stopping;
    },
  };
}
