import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { env } from "@/lib/env";
import { reportErrorsTo } from "./errors/report";
import { logger } from "./logger";
import { isTracing } from "./tracing/span";

const flushMs = 2_000;
const flushes: (() => Promise<void>)[] = [];

/** Whether something may wait to be sent when the process ends. */
export function hasTelemetry(): boolean {
  return flushes.length > 0;
}

/** Begins to tell others of what this process does, where the environment names them; else nothing is loaded. */
export async function startTelemetry(): Promise<void> {
  if (isTracing()) {
    const { openExport } = await import("./tracing/export");
    flushes.push(openExport(env().OTEL_TRACES_SAMPLER_ARG));
  }
  const { SENTRY_DSN, POLAR_ENVIRONMENT } = env();
  if (SENTRY_DSN) {
    const { openErrorSink } = await import("./errors/sentry");
    const { sink, flush } = openErrorSink(SENTRY_DSN, POLAR_ENVIRONMENT);
    reportErrorsTo(sink);
    flushes.push(flush);
  }
}

/** Sends what waits, for two seconds at most: a process that ends does so also when nobody takes it. */
export async function flushTelemetry(): Promise<void> {
  const sent = Promise.all(flushes.map((flush) => flush())).catch((error) => {
    logger.warn({ err: error }, "What was to be told at the end was not taken");
  });
  await Promise.race([sent, wait(flushMs, undefined, { ref: false })]);
}
