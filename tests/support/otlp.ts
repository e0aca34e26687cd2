import type { HttpSink } from "./http-sink";

type Value = { stringValue?: string; intValue?: number; boolValue?: boolean };
type Attribute = { key: string; value: Value };

/** A span as OTLP's JSON has it, with its attributes by name. */
export type ExportedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  status: { code: number };
  service: unknown;
};

type Raw = Omit<ExportedSpan, "attributes" | "service"> & { attributes: Attribute[] };
type Batch = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Raw[] }[] }[];
};

const byName = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** All spans that a sink was sent, of every process. */
export function spansIn({ taken }: HttpSink): ExportedSpan[] {
  return taken
    .filter(({ path }) => path === "/v1/traces")
    .flatMap(({ body }) => (JSON.parse(body) as Batch).resourceSpans)
    .flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) =>
        spans.map((span) => ({
          ...span,
          attributes: byName(span.attributes),
          service: byName(resource.attributes)["service.name"],
        })),
      ),
    );
}
