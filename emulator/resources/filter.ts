import type { models } from "@polar-sh/sdk/2026-10";
import { array, isRecord, object, oneOf, type Schema, string } from "../http/schema.ts";

/** The value of a clause: a string, a number or a boolean, as it was sent. */
const scalar: Schema<string | number | boolean> = {
  read(value, loc, issues) {
    if (["string", "number", "boolean"].includes(typeof value)) return value as string;
    issues.push({ type: "string_type", loc, msg: "Input should be a valid string", input: value });
    return "";
  },
};

const clause = object({
  property: string({ min: 1 }),
  operator: oneOf("eq", "ne", "gt", "gte", "lt", "lte", "like", "not_like"),
  value: scalar,
});

/** A clause or, nested, a whole filter again. */
const clauseOrFilter: Schema<models.FilterClause | models.Filter> = {
  read: (value, loc, issues) =>
    (isRecord(value) && "clauses" in value ? filter : clause).read(value, loc, issues),
};

/** A filter of events, as meters have it. */
export const filter: Schema<models.Filter> = object({
  conjunction: oneOf("and", "or"),
  clauses: array(clauseOrFilter),
});
