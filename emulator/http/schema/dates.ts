import { type Instant, parseInstant, toInstant } from "../../time.ts";
import { type Fail, type Schema, schema } from "./core.ts";

/** Numbers from here on are no seconds of Unix any more: Pydantic takes them for milliseconds. */
const LATEST_SECONDS = 20_000_000_000;

/** A date with or without time; without an offset it counts as UTC. A number is seconds of Unix. */
export function instant(): Schema<Instant> {
  return schema((value, fail) => readInstant(value, fail));
}

/** The same, but with a time its offset is required. */
export function awareInstant(): Schema<Instant> {
  return schema((value, fail) => {
    const read = readInstant(value, fail);
    return read && typeof value === "string" && !isAware(value)
      ? fail("timezone_aware", "Input should have timezone info")
      : read;
  });
}

function readInstant(value: unknown, fail: Fail): Instant | undefined {
  const seconds = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof seconds === "number" && seconds >= 0 && seconds < LATEST_SECONDS)
    return toInstant(Math.round(seconds * 1_000_000));
  const read = typeof value === "string" ? parseInstant(value) : null;
  return read ?? fail("datetime_from_date_parsing", "Input should be a valid datetime or date");
}

/** Whether a date has an offset, or is a number that needs none. */
function isAware(text: string): boolean {
  return /(Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10)) || /^\d+(\.\d+)?$/.test(text);
}
