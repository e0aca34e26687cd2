import "server-only";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    webhookDuration: new Histogram({
      name: "polar_webhook_duration_seconds",
      help: "How long it took to apply a stored webhook; outcome is applied, ignored or failed.",
      labelNames: ["type", "outcome"] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
      registers,
    }),
    receiptDuration: new Histogram({
      name: "polar_webhook_receipt_duration_seconds",
      help: "How long Polar waited for our answer; outcome is stored, forged, malformed or failed.",
      labelNames: ["outcome"] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    apiCalls: new Counter({
      name: "polar_api_calls_total",
      help: "Calls to Polar's API, each attempt by itself; status is network when no answer came.",
      labelNames: ["endpoint", "status"] as const,
      registers,
    }),
    apiRetries: new Counter({
      name: "polar_api_retries_total",
      help: "Calls to Polar's API that were repeated.",
      labelNames: ["endpoint"] as const,
      registers,
    }),
    denials: new Counter({
      name: "polar_entitlement_denials_total",
      help: "What a plan did not include: reason is a feature's key, or why units were refused.",
      labelNames: ["reason"] as const,
      registers,
    }),
  };
}

type Metrics = ReturnType<typeof createMetrics>;
/** One for the process: Next bundles the server's start apart from its routes, each with modules of its own. */
const holder = globalThis as typeof globalThis & { northstarMetrics?: Metrics };

/** What this process counts by itself; each process is scraped by itself. */
export function metrics(): Metrics {
  holder.northstarMetrics ??= createMetrics();
  return holder.northstarMetrics;
}
