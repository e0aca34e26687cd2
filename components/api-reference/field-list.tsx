import { Prose } from "@/components/api-reference/prose";
import type { Field } from "./fields";

export function FieldList({ title, fields }: { title: string; fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return (
    <div className="space-y-3">
      <h4 className="text-sm font-semibold">{title}</h4>
      <dl className="divide-y rounded-lg border text-sm">
        {fields.map(({ name, type, required, description }) => (
          <div key={name} className="space-y-1 p-3">
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-medium break-all">{name}</code>
              <span className="text-muted-foreground">{type}</span>
              {required ? null : <span className="text-muted-foreground">optional</span>}
            </dt>
            {description ? (
              <dd className="text-muted-foreground">
                <Prose>{description}</Prose>
              </dd>
            ) : null}
          </div>
        ))}
      </dl>
    </div>
  );
}
