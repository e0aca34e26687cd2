import "server-only";
import { watchConnections } from "./http/connections";
import { logger } from "./observability/logger";
import { flushTelemetry, hasTelemetry } from "./observability/telemetry";

/**
 * How long running jobs may take to end, and then, after that, running requests; together less than the half
 * minute that hosts mostly give. A slice of the reconcile is as long as the first.
 */
const jobsMs = 20_000;
const requestsMs = 5_000;

/** Next exits as soon as its requests have ended: what they have left to tell is sent before. */
function flushBeforeExit(): void {
  const exit = process.exit.bind(process);
  process.exit = ((code) => void flushTelemetry().finally(() => exit(code))) as typeof process.exit;
}

/** Resolves to whether it was done in time. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch (error) {
    logger.error({ err: error }, "Background jobs have not ended well");
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends the process well when it is asked to: no more jobs are taken and those that run end, while requests are
 * still served, each connection's last; then Next's own handlers, which are taken over here, let the requests that run end. The process
 * exits with 0, or with 1 when something had to be cut off: its jobs are free for others half a minute later.
 *
 * @param stopJobs resolves when no job runs any more.
 */
export function drainWhenAsked(stopJobs: () => Promise<void>): void {
  let isEnding = false;
  const closeConnections = watchConnections();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const servers = process.listeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (isEnding) return;
      isEnding = true;
      logger.info("The app ends after the jobs and requests that run");
      closeConnections();
      let code = 0;
      const cutOff = (what: string) => {
        logger.error(`${what} were cut off: they took too long to end`);
        code = 1;
      };
      if (hasTelemetry()) flushBeforeExit();
      if (!(await within(jobsMs, stopJobs()))) cutOff("Background jobs");
      // Next exits with the signal's number, which hosts take for a failure.
      process.once("exit", () => {
        process.exitCode = code;
      });
      setTimeout(() => {
        cutOff("Requests");
        process.exit();
      }, requestsMs);
      for (const server of servers) server(signal);
      if (servers.length === 0) process.exit();
    });
  }
}
