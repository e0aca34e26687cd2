import type { ApiDocument } from "@/lib/api/openapi";

type Paths = NonNullable<ApiDocument["paths"]>;
export type Operation = NonNullable<Paths[string]["get"]>;

/** The parts of JSON Schema that the document's schemas use. */
type Schema = {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  default?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  $ref?: string;
};

/** A field for people: "period.start", "date-time", whether it is always there, and what it says. */
export type Field = { name: string; type: string; required: boolean; description: string };

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map(String).join(" or ");
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
  return schema.format ?? schema.type ?? "any";
}

function wordsOf({ description = "", ...schema }: Schema): string {
  const preset = schema.default === undefined ? "" : `Default: ${String(schema.default)}.`;
  return [description, preset].filter(Boolean).join(" ");
}

/** The fields of an object's schema, those of objects within it by their path. */
function fieldsOf(schema: Schema, path = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const full = path + name;
    const own = {
      name: full,
      type: typeOf(field),
      required: schema.required?.includes(name) ?? false,
      description: wordsOf(field),
    };
    const within = field.type === "array" ? field.items : field;
    return [own, ...fieldsOf(within ?? {}, `${full}${field.type === "array" ? "[]" : ""}.`)];
  });
}

/** The fields of a JSON body; none where there is no such body. */
export function bodyFields(content: Record<string, { schema?: unknown }> | undefined): Field[] {
  return fieldsOf((content?.["application/json"]?.schema ?? {}) as Schema);
}

/** An operation's parameters as fields. */
export function parameterFields(operation: Operation): Field[] {
  return (operation.parameters ?? []).flatMap((parameter) =>
    "name" in parameter && parameter.name
      ? [
          {
            name: parameter.name,
            type: typeOf((parameter.schema ?? {}) as Schema),
            required: parameter.required ?? false,
            description: parameter.description ?? "",
          },
        ]
      : [],
  );
}
