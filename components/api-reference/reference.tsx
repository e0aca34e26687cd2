import { Operation } from "@/components/api-reference/operation";
import { Prose } from "@/components/api-reference/prose";
import type { ApiDocument } from "@/lib/api/openapi";

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** The operations of an OpenAPI document, one after the other. */
export function Reference({ document }: { document: ApiDocument }) {
  const server = document.servers?.[0]?.url ?? "";
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation
        ? [
            <Operation
              key={`${method} ${path}`}
              method={method.toUpperCase()}
              path={server + path}
              operation={operation}
            />,
          ]
        : [];
    }),
  );
}

/** How a caller proves who it is, as the document says it. */
export function Security({ document }: { document: ApiDocument }) {
  return Object.entries(document.components?.securitySchemes ?? {}).map(([name, scheme]) => (
    <p key={name} className="max-w-prose text-muted-foreground">
      <Prose>{"description" in scheme ? (scheme.description ?? "") : ""}</Prose>
    </p>
  ));
}
