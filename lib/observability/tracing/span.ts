import "server-only";
import {
  type Attributes,
  context,
  type Link,
  propagation,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

export { type Span, SpanKind } from "@opentelemetry/api";

/** Whether spans go anywhere. Where they do not, all that is here does next to nothing. */
export function isTracing(): boolean {
  return Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
}

/** The place in a trace where the work of now stands, as the W3C writes it in `traceparent`; null without one. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** The ids of the span that runs now, for a line of the log; nothing without one. */
export function spanFields(): { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** Notes something on the span that runs now, if one does. */
export function noteOnSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

export type SpanOptions = {
  kind?: SpanKind;
  attributes?: Attributes;
  /** The `traceparent` to go on from, instead of the span that runs now, to which it is linked then. */
  parent?: string | null;
  /** The `traceparent` of what led to this, long ago: it begins a trace of its own. */
  after?: string | null;
};

function contextOf(traceparent: string) {
  return propagation.extract(context.active(), { traceparent });
}

function linksOf({ parent, after }: SpanOptions): Link[] {
  const linked = [
    parent ? trace.getSpanContext(context.active()) : undefined,
    after ? trace.getSpanContext(contextOf(after)) : undefined,
  ];
  return linked.flatMap((each) => (each ? [{ context: each }] : []));
}

/** Marks a span as failed although nothing was thrown. */
export function markFailed(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute("error.type", type);
}

/** Runs `work` as a span of the trace that it belongs to; one that throws is marked as failed. */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { kind, attributes, parent } = options;
  const links = linksOf(options);
  const around = parent ? contextOf(parent) : context.active();
  return await trace
    .getTracer("northstar")
    .startActiveSpan(name, { kind, attributes, links }, around, async (span) => {
      try {
        return await work(span);
      } catch (error) {
        span.recordException(error instanceof Error ? error : String(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
}
