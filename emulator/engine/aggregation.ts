import type { models } from "@polar-sh/sdk/2026-10";
import type { EventDoc } from "../store/documents.ts";

type Scalar = string | number | boolean;

function propertyOf(event: EventDoc, property: string): unknown {
  if (property === "name" || property === "source" || property === "timestamp")
    return event[property];
  return event.metadata[property];
}

function compare(found: unknown, operator: models.FilterOperator, wanted: Scalar): boolean {
  if (found === undefined || found === null) return false;
  if (operator === "like") return String(found).includes(String(wanted));
  if (operator === "not_like") return !String(found).includes(String(wanted));
  if (operator === "eq") return String(found) === String(wanted);
  if (operator === "ne") return String(found) !== String(wanted);
  const [a, b] =
    typeof found === "number" ? [found, Number(wanted)] : [String(found), String(wanted)];
  if (operator === "gt") return a > b;
  if (operator === "gte") return a >= b;
  if (operator === "lt") return a < b;
  return a <= b;
}

/** Whether a meter's filter lets an event through. */
export function matchesFilter(filter: models.Filter, event: EventDoc): boolean {
  const results = filter.clauses.map((clause) =>
    "clauses" in clause
      ? matchesFilter(clause, event)
      : compare(propertyOf(event, clause.property), clause.operator, clause.value),
  );
  return filter.conjunction === "or" ? results.some(Boolean) : results.every(Boolean);
}

const statistics: Record<string, (numbers: readonly number[]) => number> = {
  count: (numbers) => numbers.length,
  sum: (numbers) => numbers.reduce((total, value) => total + value, 0),
  avg: (numbers) => numbers.reduce((total, value) => total + value, 0) / numbers.length,
  max: (numbers) => numbers.reduce((most, value) => Math.max(most, value)),
  min: (numbers) => numbers.reduce((least, value) => Math.min(least, value)),
  unique: (numbers) => new Set(numbers).size,
};

/** One number out of several; nothing at all is 0. */
export function combine(func: models.AggregationFunction, numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : (statistics[func]?.(numbers) ?? 0);
}

/** A meter's quantity over some events; events without the number that it reads count for nothing. */
export function aggregate(
  aggregation: models.Meter["aggregation"],
  events: readonly EventDoc[],
): number {
  if (!("property" in aggregation)) return events.length;
  const values = events
    .map((event) => propertyOf(event, aggregation.property))
    .filter((value) => value !== undefined && value !== null);
  if (aggregation.func === "unique") return new Set(values).size;
  return combine(
    aggregation.func ?? "sum",
    values.filter((value) => typeof value === "number"),
  );
}
