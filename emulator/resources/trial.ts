import { refined } from "../http/refined.ts";
import { integer, nullish, oneOf, type Schema } from "../http/schema.ts";

/** How long a trial is: its unit, and how many of them. */
export const trialFields = {
  trial_interval: nullish(oneOf("day", "week", "month", "year")),
  trial_interval_count: nullish(integer({ min: 1, max: 1000 })),
};

interface Trial {
  trial_interval: unknown;
  trial_interval_count: unknown;
}

/** A schema with `trialFields`, of which neither may be there alone. */
export function withTrial<T extends Trial>(schema: Schema<T>): Schema<T> {
  return refined(
    schema,
    ({ trial_interval, trial_interval_count }) =>
      ((trial_interval ?? null) === null) === ((trial_interval_count ?? null) === null)
        ? null
        : "Both trial_interval and trial_interval_count must be set together.",
    () => "missing",
  );
}
