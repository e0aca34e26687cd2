import "server-only";
import { assertEnvironment } from "./billing/environment";
import { EnvError, env } from "./env";
import { startWorker } from "./jobs/worker";
import { logger } from "./observability/logger";
import { redirectPolarToLocal } from "./polar";

/**
 * What a web process does before it serves: checks its environment and that the database is the right one,
 * then runs background jobs beside the requests unless WORKER=off.
 */
export async function startServer(): Promise<void> {
  try {
    env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    process.exit(1);
  }
  await assertEnvironment();
  redirectPolarToLocal();
  if (process.env.WORKER !== "off") await startWorker();
  logger.info({ polar: env().POLAR_ENVIRONMENT }, "Server started");
}
