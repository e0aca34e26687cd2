import { CodeSample } from "@/components/api-reference/code-sample";
import { FieldList } from "@/components/api-reference/field-list";
import {
  bodyFields,
  type Operation as Described,
  parameterFields,
} from "@/components/api-reference/fields";
import { Prose } from "@/components/api-reference/prose";
import { Badge } from "@/components/ui/badge";

type Sample = { label: string; source: string };
type Content = Record<string, { schema?: unknown }>;

function contentOf(part: object | undefined): Content | undefined {
  return part && "content" in part ? (part.content as Content) : undefined;
}

function Answers({ operation }: { operation: Described }) {
  return (
    <div className="space-y-3">
      <h4 className="text-sm font-semibold">Answers</h4>
      <dl className="divide-y rounded-lg border text-sm">
        {Object.entries(operation.responses ?? {}).map(([status, response]) => (
          <div key={status} className="grid grid-cols-[3rem_minmax(0,1fr)] gap-2 p-3">
            <dt>
              <code className="font-medium">{status}</code>
            </dt>
            <dd className="text-muted-foreground">
              <Prose>{"description" in response ? (response.description ?? "") : ""}</Prose>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** One operation of the API: what to send, what comes back, and how to call it. */
export function Operation({
  method,
  path,
  operation,
}: {
  method: string;
  path: string;
  operation: Described;
}) {
  const samples = (operation as { "x-codeSamples"?: Sample[] })["x-codeSamples"] ?? [];
  const success = contentOf(operation.responses?.["200"]);
  return (
    <section id={operation.operationId} className="scroll-mt-20 space-y-6">
      <div className="space-y-3">
        <h3 className="text-xl font-semibold">{operation.summary}</h3>
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <Badge variant="brand">{method}</Badge>
          <code className="font-medium break-all">{path}</code>
        </p>
        <p className="max-w-prose text-muted-foreground">
          <Prose>{operation.description ?? ""}</Prose>
        </p>
      </div>
      <div className="grid gap-8 lg:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <FieldList title="Headers" fields={parameterFields(operation)} />
          <FieldList
            title="Body, as JSON"
            fields={bodyFields(contentOf(operation.requestBody as object | undefined))}
          />
          <FieldList title="Answer, as JSON" fields={bodyFields(success)} />
          <Answers operation={operation} />
        </div>
        <div className="min-w-0 space-y-4">
          {samples.map((sample) => (
            <CodeSample key={sample.label} {...sample} />
          ))}
        </div>
      </div>
    </section>
  );
}
