import type { Schema } from "../http/schema.ts";

/** One of all values of an enumeration of Polar's, none of which may be missing here. */
export function enumeration<T extends string>(values: Record<T, true>): Schema<T> {
  const all = Object.keys(values);
  const isOne = (value: unknown): value is T => typeof value === "string" && all.includes(value);
  const quoted = all.map((each) => `'${each}'`);
  const expected = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  return {
    read(value, loc, issues) {
      if (!isOne(value))
        issues.push({ type: "enum", loc, msg: `Input should be ${expected}`, input: value });
      return value as T;
    },
  };
}
