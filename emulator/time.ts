/**
 * Instants as Polar writes them: ISO 8601 in UTC with six digits of microseconds and a `Z`.
 * The fixed width makes plain string comparison the same as comparison in time.
 */
export type Instant = string;

/** Microseconds since the Unix epoch; safe as a JavaScript number until the year 2255. */
export type Micros = number;

export type Interval = "day" | "week" | "month" | "year";

export const DAY_MICROS: Micros = 86_400_000_000;

/** Turns microseconds since the epoch into Polar's notation. */
export function toInstant(micros: Micros): Instant {
  const millis = Math.floor(micros / 1000);
  const rest = micros - millis * 1000;
  return `${new Date(millis).toISOString().slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}

/** Reads any ISO 8601 instant, keeping microseconds; NaN when it is none. */
export function toMicros(text: string): Micros {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  const whole = Date.parse(text.replace(/\.\d+/, ""));
  return whole * 1000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

/** Whether there is such a day: the 30th of February would count as the 2nd of March otherwise. */
function isDay(date: string): boolean {
  const read = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(read) && new Date(read).toISOString().startsWith(date);
}

/** Reads an instant sent by a client (a missing offset means UTC) and normalises it; null when unreadable. */
export function parseInstant(text: string): Instant | null {
  const [, date, hour] = /^(\d{4}-\d{2}-\d{2})(?:$|[T ](\d{2}))/.exec(text) ?? [];
  if (!date || Number(hour ?? 0) > 23 || !isDay(date)) return null;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) || text.length === 10 ? text : `${text}Z`;
  const micros = toMicros(zoned);
  return Number.isFinite(micros) ? toInstant(micros) : null;
}

/** Adds days (of 24 hours, as UTC has no other) to an instant. */
export function addDays(instant: Instant, days: number): Instant {
  return toInstant(toMicros(instant) + days * DAY_MICROS);
}

/** Adds seconds to an instant. */
export function addSeconds(instant: Instant, seconds: number): Instant {
  return toInstant(toMicros(instant) + Math.round(seconds * 1_000_000));
}

/** The day of the month, to be kept as a subscription's anchor. */
export function dayOfMonth(instant: Instant): number {
  return Number(instant.slice(8, 10));
}

/**
 * The end of the period that starts at `start`. Months and years keep to the anchor day where the
 * month has it and fall back to the month's last day where it has not, so 31 January is followed by
 * 28 February and then by 31 March.
 */
export function nextPeriod(
  start: Instant,
  interval: Interval,
  count: number,
  anchorDay: number = dayOfMonth(start),
): Instant {
  if (interval === "day") return addDays(start, count);
  if (interval === "week") return addDays(start, 7 * count);
  const months = interval === "year" ? 12 * count : count;
  const index = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index % 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = String(Math.min(anchorDay, lastDay)).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-${day}${start.slice(10)}`;
}

const human = new Intl.DateTimeFormat("en-US", {
  month: "short",
  day: "numeric",
  year: "numeric",
  timeZone: "UTC",
});

/** A date as Polar's invoices write it: "Jan 16, 2025". */
export function humanDate(instant: Instant): string {
  return human.format(new Date(instant));
}
