import type { UsageSummary } from "@/lib/usage";

export type DayUsage = { date: Date; units: number };

const dayLength = 86_400_000;
/** A period without an end, or a wrong one, must not draw thousands of bars. */
const mostDays = 62;

const startOfDay = (date: Date) => Math.floor(date.getTime() / dayLength) * dayLength;

/** Every day of the period, also those on which nothing was used. */
export function daysOf({ period, daily }: UsageSummary): DayUsage[] {
  const units = new Map(daily.map((day) => [day.date, day.units]));
  const start = startOfDay(period.start);
  const lastUsed = Math.max(start, ...daily.map((day) => Date.parse(day.date)));
  const end = period.end ? startOfDay(new Date(period.end.getTime() - 1)) : lastUsed;
  const first = Math.max(start, end - (mostDays - 1) * dayLength);
  const days: DayUsage[] = [];
  for (let at = first; at <= end; at += dayLength) {
    const date = new Date(at);
    days.push({ date, units: units.get(date.toISOString().slice(0, 10)) ?? 0 });
  }
  return days;
}
