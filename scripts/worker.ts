// `npm run worker`: background jobs in a process of their own; any number may run. SIGTERM ends it after
// the jobs that run.
import { closeDb } from "@/db/client";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { env } from "@/lib/env";
import { startWorker } from "@/lib/jobs/worker";
import { endWhenUncaught } from "@/lib/observability/errors/uncaught";
import { serveMetrics } from "@/lib/observability/metrics/server";
import { flushTelemetry, startTelemetry } from "@/lib/observability/telemetry";
import { loadEnvironment } from "./local/environment";

loadEnvironment();
let metrics: Awaited<ReturnType<typeof serveMetrics>> | undefined;
try {
  const { METRICS_HOST, METRICS_PORT } = env();
  await startTelemetry();
  endWhenUncaught();
  await assertEnvironment();
  await assertOrganization();
  if (METRICS_PORT) metrics = await serveMetrics(METRICS_HOST, METRICS_PORT);
  const worker = await startWorker();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      console.log("The worker ends after the jobs that run.");
      void worker.stop();
    });
  }
  console.log("The worker waits for jobs.");
  await worker.promise;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  metrics?.stop();
  await closeDb();
  await flushTelemetry();
}
// A receiver of traces that is away is tried again for a while, which nothing should wait for.
process.exit();
