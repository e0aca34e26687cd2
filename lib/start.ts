import "server-only";
import {
  assertEnvironment,
  assertOrganization,
  EnvironmentMismatchError,
} from "./billing/environment";
import { EnvError, env } from "./env";
import { startWorker } from "./jobs/worker";
import { logger } from "./observability/logger";
import { scrub } from "./observability/scrub";
import { redirectPolarToLocal } from "./polar";

function explain(error: unknown): string {
  if (error instanceof EnvError || error instanceof EnvironmentMismatchError) return error.message;
  return `The database could not be used: ${scrub(error instanceof Error ? error.message || error.name : String(error))}`;
}

function stop(error: unknown): never {
  process.stderr.write(`\n${explain(error)}\n\n`);
  process.exit(1);
}

/** A database that is away for minutes on end may end the job engine; the requests go on, and it comes back. */
async function runJobs(): Promise<void> {
  const { promise } = await startWorker();
  const again = (error: unknown) => {
    logger.error({ err: error }, "Background jobs have stopped; they start again in ten seconds");
    setTimeout(() => void runJobs().catch(again), 10_000).unref();
  };
  promise.catch(again);
}

/**
 * What a web process does before it serves: checks its environment and that the database is the right one,
 * then runs background jobs beside the requests unless WORKER=off. A start that fails says why and ends
 * the process, as Next would otherwise serve errors for ever.
 */
export async function startServer(): Promise<void> {
  try {
    env();
    await assertEnvironment();
    redirectPolarToLocal();
    if (env().WORKER === "on") await runJobs();
  } catch (error) {
    stop(error);
  }
  // Beside the requests: a slow Polar must not hold up the start.
  void assertOrganization().catch(stop);
  logger.info({ polar: env().POLAR_ENVIRONMENT }, "Server started");
}
