import "server-only";
import { logger } from "../logger";
import { flushTelemetry } from "../telemetry";
import { reportError } from "./report";

/** Reports what nobody caught in a process that Next keeps alive, and logs, after it. */
export function watchUncaught(): void {
  process.on("uncaughtExceptionMonitor", (error) => reportError(error, { where: "uncaught" }));
  process.on("unhandledRejection", (error) => reportError(error, { where: "rejection" }));
}

/** Ends a process with 1 when nobody caught something, once that is logged and reported. */
export function endWhenUncaught(): void {
  process.on("uncaughtException", (error, where) => {
    logger.error({ err: error, where }, "The process ends: an error was not caught");
    reportError(error, { where });
    void flushTelemetry().finally(() => process.exit(1));
  });
}
