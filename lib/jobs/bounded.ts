import "server-only";
import { EventEmitter } from "node:events";
import { sql } from "drizzle-orm";
import { runOnce, type WorkerEvents } from "graphile-worker";
import { databaseAddresses } from "@/db/addresses";
import { db } from "@/db/client";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { engineOptions, poolOf } from "./engine";
import type { JobName } from "./payloads";
import { keepGivingSigns, signOff, usualPatience } from "./sign-of-life";
import { taskList } from "./task-list";

/** How long a job that was taken last may go on, before its process is taken for ended. */
const lastJobMs = 60_000;

/** What a bounded run has done: jobs by how they ended, and how many wait that could run now. */
export type BoundedRun = { done: number; failed: number; waiting: number };

async function countWaiting(only?: JobName): Promise<number> {
  const [row] = await db().execute<{ waiting: number }>(sql`
    select count(*)::int as waiting from graphile_worker.jobs
    where locked_at is null and run_at <= now() and attempts < max_attempts
      and (${only ?? null}::text is null or task_identifier = ${only ?? null})`);
  return row?.waiting ?? 0;
}

/**
 * Runs the jobs that wait until none does or the time is up, where no process lives long enough to wait for them. It
 * needs no session, so it goes through a pooler. Any number of these and of workers may run at once: each job is
 * taken by one. Should the host end the process, its jobs are free half a minute after it was to end.
 *
 * @param options.seconds after which no more job is taken; those that run are waited for.
 * @param options.only leaves all other jobs alone.
 */
export async function runWaiting(options: {
  seconds: number;
  only?: JobName;
}): Promise<BoundedRun> {
  const { seconds, only } = options;
  const { pooled, hasPooler } = databaseAddresses();
  const patience = { ...usualPatience, endsInMs: seconds * 1000 + lastJobMs };
  const events: WorkerEvents = new EventEmitter();
  const report = { done: 0, failed: 0 };
  events.on("job:success", () => report.done++);
  events.on("job:error", () => report.failed++);
  const timers: NodeJS.Timeout[] = [];
  const ends: (() => Promise<void>)[] = [];
  void poolOf(events).then(({ pool }) => {
    const signs = keepGivingSigns(pool.id, patience);
    ends.push(signs.stop, () => signOff(pool.id));
    const stop = async () => {
      try {
        await pool.gracefulShutdown("The time is up");
      } catch (error) {
        logger.error({ err: error }, "Background jobs have not ended well");
      }
    };
    timers.push(setTimeout(stop, seconds * 1000));
  });
  const concurrency = env().WORKER_CONCURRENCY;
  try {
    await runOnce({
      ...engineOptions(events, patience),
      connectionString: pooled,
      noPreparedStatements: hasPooler,
      concurrency,
      maxPoolSize: Math.min(concurrency, env().WORKER_POOL_SIZE),
      taskList: taskList(only),
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const end of ends) await end();
  }
  return { ...report, waiting: await countWaiting(only) };
}
