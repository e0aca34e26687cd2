import "server-only";
import { EventEmitter } from "node:events";
import { type Job, run, type Task, type TaskList, type WorkerEvents } from "graphile-worker";
import { databaseAddresses } from "@/db/addresses";
import { db } from "@/db/client";
import { env } from "@/lib/env";
import { reportError } from "@/lib/observability/errors/report";
import { logger, withRequestId } from "@/lib/observability/logger";
import { count } from "@/lib/observability/metrics/counters";
import { SpanKind, type SpanOptions, traced } from "@/lib/observability/tracing/span";
import { inBackground } from "@/lib/polar";
import { engineLogger } from "./log";
import type { JobName, JobPayloads } from "./payloads";
import { giveSign, keepGivingSigns, type Patience, signOff, usualPatience } from "./sign-of-life";
import { tasks } from "./tasks";

/** What runs by the clock. Each is safe to run twice and at any time. */
const crontab = [
  "* * * * * apply_inbox",
  "* * * * * flush_usage ?jobKey=flush-usage",
  "* * * * * delete_accounts ?queue=delete_accounts&jobKey=delete-accounts",
  "*/15 * * * * check_webhooks",
  "*/5 * * * * evaluate_alerts ?jobKey=evaluate-alerts",
  // One at a time, whatever the number of workers.
  "23 * * * * reconcile ?queue=reconcile&jobKey=reconcile",
  "41 * * * * abandon_checkouts",
  "31 * * * * archive_usage ?jobKey=archive-usage",
  "17 3 * * * purge",
].join("\n");

/** Without a database, which may be why it failed, only the log tells. */
async function countFailure(job: JobName): Promise<void> {
  try {
    await count(db(), "job_failures", job);
  } catch (error) {
    logger.warn({ job, err: error }, "A job's failure could not be counted");
  }
}

/** What a job was asked for within is the trace that it goes on; after an hour that one is over. */
const freshMs = 3_600_000;

function spanOf(name: JobName, job: Job, traceparent: string | undefined): SpanOptions {
  const isFresh = Date.now() - job.created_at.getTime() < freshMs;
  return {
    kind: SpanKind.CONSUMER,
    attributes: { "job.name": name, "job.attempt": job.attempts },
    ...(isFresh ? { parent: traceparent } : { after: traceparent }),
  };
}

function wrap<Name extends JobName>(
  name: Name,
  task: (payload: JobPayloads[Name]) => Promise<void>,
): Task {
  return async (payload, helpers) => {
    const given = payload as JobPayloads[Name] & { requestId?: string; traceparent?: string };
    const { job } = helpers;
    const work = async () => {
      const started = performance.now();
      try {
        await inBackground(() => task(given));
        logger.debug({ job: name, ms: Math.round(performance.now() - started) }, "Job done");
      } catch (error) {
        logger.error({ job: name, attempt: job.attempts, err: error }, "Job failed");
        if (job.attempts >= job.max_attempts) reportError(error, { job: name });
        await countFailure(name);
        throw error;
      }
    };
    await traced(`job ${name}`, spanOf(name, job, given.traceparent), () =>
      withRequestId(given.requestId ?? `job-${job.id}`, work),
    );
  };
}

/** Jobs are taken only by a worker whose death would be noticed. */
const heardBeforeItsFirstJob = (patience: Patience): GraphileConfig.Plugin => ({
  name: "SignOfLifePlugin",
  worker: {
    hooks: {
      async startWorker(_, { worker }) {
        await giveSign(worker.workerPool.id, patience);
      },
    },
  },
});

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
  const taskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, wrap(name as JobName, task as never)]),
  ) as TaskList;
  const events: WorkerEvents = new EventEmitter();
  const named = new Promise<string>((resolve) => {
    events.once("pool:create", ({ workerPool }) => resolve(workerPool.id));
  });
  const runner = await run({
    connectionString: databaseAddresses().direct,
    concurrency,
    maxPoolSize: env().WORKER_POOL_SIZE,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList,
    crontab,
    logger: engineLogger,
    events,
    preset: {
      plugins: [heardBeforeItsFirstJob(patience)],
      // Without these the engine's end does not wait until a job that is done is noted as done.
      worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
  });
  const id = await named;
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
