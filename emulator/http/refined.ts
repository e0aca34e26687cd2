import type { Issue } from "./errors.ts";
import type { Schema } from "./schema.ts";

/**
 * A schema with a rule beyond types: `check` gives the problem of a well-formed value, or null. Its 422
 * is a value error as Pydantic's validators make, unless `type` names another.
 */
export function refined<T>(
  inner: Schema<T>,
  check: (value: T) => string | null,
  type?: (value: T) => string,
): Schema<T> {
  return {
    read(value, loc, issues) {
      const own: Issue[] = [];
      const result = inner.read(value, loc, own);
      issues.push(...own);
      const problem = own.length === 0 ? check(result) : null;
      if (problem !== null)
        issues.push({
          type: type?.(result) ?? "value_error",
          loc,
          msg: type ? problem : `Value error, ${problem}`,
          input: value,
        });
      return result;
    },
  };
}
