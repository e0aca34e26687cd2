import "server-only";
import { after } from "next/server";
import {
  assertEnvironment,
  assertOrganization,
  EnvironmentMismatchError,
} from "./billing/environment";
import { EnvError, env } from "./env";
import { nudgeBy } from "./jobs/nudge";
import { runSoon } from "./jobs/soon";
import { type JobEngine, startWorker } from "./jobs/worker";
import { watchUncaught } from "./observability/errors/uncaught";
import { logger } from "./observability/logger";
import { scrub } from "./observability/scrub";
import { startTelemetry } from "./observability/telemetry";
import { redirectPolarToLocal } from "./polar";
import { drainWhenAsked } from "./shutdown";

function explain(error: unknown): string {
  if (error instanceof EnvError || error instanceof EnvironmentMismatchError) return error.message;
  return `The database could not be used: ${scrub(error instanceof Error ? error.message || error.name : String(error))}`;
}

function stop(error: unknown): never {
  process.stderr.write(`\n${explain(error)}\n\n`);
  process.exit(1);
}

/**
 * A database that is away for minutes on end may end the job engine; the requests go on, and it comes back.
 *
 * @returns what ends it for good, after the jobs that run.
 */
async function runJobs(): Promise<() => Promise<void>> {
  let engine: JobEngine | undefined;
  let isStopping = false;
  const start = async () => {
    if (isStopping) return;
    engine = await startWorker();
    engine.promise.catch(again);
  };
  const again = (error: unknown) => {
    if (isStopping) return;
    logger.error({ err: error }, "Background jobs have stopped; they start again in ten seconds");
    setTimeout(() => void start().catch(again), 10_000).unref();
  };
  await start();
  return async () => {
    isStopping = true;
    await engine?.stop();
  };
}

/**
 * What a web process does before it serves: checks its environment and that the database is the right one,
 * then runs background jobs beside the requests unless WORKER=off; with CRON_SECRET, too, no worker waits for jobs,
 * and each request that asks for some is followed by a run of them. A start that fails says why and ends
 * the process, as Next would otherwise serve errors for ever.
 */
export async function startServer(): Promise<void> {
  try {
    env();
    await startTelemetry();
    watchUncaught();
    await assertEnvironment();
    redirectPolarToLocal();
    drainWhenAsked(env().WORKER === "on" ? await runJobs() : async () => {});
    if (env().WORKER === "off" && env().CRON_SECRET)
      nudgeBy((delayMs) => after(() => runSoon(delayMs)));
  } catch (error) {
    stop(error);
  }
  // Beside the requests: a slow Polar must not hold up the start.
  void assertOrganization().catch(stop);
  logger.info({ polar: env().POLAR_ENVIRONMENT }, "Server started");
}
