import "server-only";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { setGlobalErrorHandler, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { logger } from "../logger";
import { seldom } from "../seldom";
import { cleanSpan } from "./clean";

/** What asks over and over whether we are there makes no traces. */
const probes = /^\/api\/(?:health\/|metrics)/;

function sampler(ratio: number): Sampler {
  const some = new TraceIdRatioBasedSampler(ratio);
  const none = new AlwaysOffSampler();
  return new ParentBasedSampler({
    root: {
      shouldSample(around, traceId, _name, _kind, attributes) {
        const isProbe = probes.test(String(attributes["http.target"] ?? ""));
        return isProbe ? none.shouldSample() : some.shouldSample(around, traceId);
      },
      toString: () => `WithoutProbes{${some}}`,
    },
  });
}

function cleaned(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(cleanSpan), done),
    shutdown: () => exporter.shutdown(),
  };
}

/**
 * Begins to export spans over OTLP, as OpenTelemetry's own environment variables say. At most 2,048 wait; what is more, or
 * finds nobody for ten seconds, is dropped.
 *
 * @param ratio which part of all traces, from 0 to 1.
 * @returns what sends all that waits; it rejects when that fails.
 */
export function openExport(ratio: number): () => Promise<void> {
  // Next's own span for every fetch has the whole address in its name; those of calls to Polar are ours.
  process.env.NEXT_OTEL_FETCH_DISABLED ??= "1";
  setGlobalErrorHandler(
    seldom((error) => logger.warn({ err: error }, "Traces could not be exported")),
  );
  const provider = new TracerProvider({
    sampler: sampler(ratio),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: cleaned(new OTLPTraceExporter()),
        scheduledDelayMillis: 1000,
      }),
    ],
    spanLimits: { attributeValueLengthLimit: 8192 },
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "northstar" }))
      .merge(detectResources({ detectors: [envDetector] })),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return () => provider.forceFlush();
}
