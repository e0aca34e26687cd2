import { dictionary } from "./containers.ts";
import type { Schema } from "./core.ts";
import { string } from "./scalars.ts";

type Metadata = Record<string, string | number | boolean>;

/** Polar's metadata: at most 50 keys of 1–40 characters; strings of 1–500, numbers, booleans. */
export function metadata(): Schema<Metadata> {
  return dictionary((value, loc, issues) => {
    const entries = Object.entries(value);
    if (entries.length > 50)
      issues.push({
        type: "too_long",
        loc,
        msg: `Dictionary should have at most 50 items after validation, not ${entries.length}`,
        input: value,
      });
    const result: Metadata = {};
    for (const [key, item] of entries) {
      string({ min: 1, max: 40 }).read(key, [...loc, key, "[key]"], issues);
      if (typeof item === "string")
        result[key] = string({ min: 1, max: 500 }).read(item, [...loc, key, "str"], issues);
      else if (typeof item === "number" || typeof item === "boolean") result[key] = item;
      else
        issues.push({
          type: "string_type",
          loc: [...loc, key, "str"],
          msg: "Input should be a valid string",
          input: item,
        });
    }
    return result;
  });
}
