import { type Instant, type Interval, nextPeriod, toInstant, toMicros } from "../time.ts";

/** A time zone by its IANA name, ready to read instants in. */
export type Zone = Intl.DateTimeFormat;

/** The zone of this name, or undefined where there is none. */
export function zoneOf(timeZone: string): Zone | undefined {
  try {
    return new Intl.DateTimeFormat("en-CA", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch {
    return undefined;
  }
}

/** An instant's local date (2026-11-24) and hour (09). */
export function localFields(instant: Instant, zone: Zone): { date: string; hour: string } {
  const local = localTime(instant, zone);
  return { date: local.slice(0, 10), hour: local.slice(11, 13) };
}

/** The local wall clock at an instant, written as if it were UTC. */
function localTime(instant: Instant, zone: Zone): Instant {
  const parts = Object.fromEntries(
    zone.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}.${instant.slice(20)}`;
}

/** `start` later by `count` intervals of the local calendar, at the same local time of day. */
export function inZone(start: Instant, zone: Zone, interval: Interval, count: number): Instant {
  if (count === 0) return start;
  const wanted = nextPeriod(localTime(start, zone), interval, count);
  const guess = toMicros(wanted) - (toMicros(localTime(start, zone)) - toMicros(start));
  // Over a change of the clocks the guess is an hour off.
  const off = toMicros(localTime(toInstant(guess), zone)) - toMicros(wanted);
  return toInstant(guess - off);
}
