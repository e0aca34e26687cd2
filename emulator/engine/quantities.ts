import type { models } from "@polar-sh/sdk/2026-10";
import type { EventDoc, MeterDoc } from "../store/documents.ts";
import { addDays, type Instant, toInstant, toMicros } from "../time.ts";
import { aggregate, combine } from "./aggregation.ts";
import { inZone, localFields, type Zone } from "./zone.ts";

export type QuantityInterval = "hour" | "day" | "week" | "month" | "year";

/** The longest range in days that Polar answers for an interval (server, kit/time_queries.py). */
const MOST_DAYS: Record<QuantityInterval, number> = {
  hour: 7,
  day: 366,
  week: 7 * 53,
  month: 365 * 4,
  year: 365 * 10,
};

/** Whether a range is not too long for its interval. */
export function isUnderLimits(start: Instant, end: Instant, interval: QuantityInterval): boolean {
  return start <= end && end <= addDays(start, MOST_DAYS[interval] + 1);
}

/** The calendar's hour, day, week, month or year that an instant falls in, as a key. */
function periodOf(instant: Instant, interval: QuantityInterval, zone: Zone): string {
  const { date, hour } = localFields(instant, zone);
  if (interval === "year") return date.slice(0, 4);
  if (interval === "month") return date.slice(0, 7);
  if (interval === "day") return date;
  if (interval === "hour") return `${date}T${hour}`;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(`${date}T00:00:00.000000Z`, -weekday).slice(0, 10);
}

/** `start`, and every later instant by whole intervals of local time up to `end`. */
function* series(start: Instant, end: Instant, interval: QuantityInterval, zone: Zone) {
  for (let count = 0; ; count += 1) {
    const next =
      interval === "hour"
        ? toInstant(toMicros(start) + count * 3_600_000_000)
        : inZone(start, zone, interval, count);
    if (next > end) return;
    yield next;
  }
}

interface Question {
  start: Instant;
  end: Instant;
  interval: QuantityInterval;
  zone: Zone;
  /** Combines each customer's quantity instead of counting all events together. */
  customerFunction?: models.AggregationFunction | undefined;
  customerOf: (event: EventDoc) => string;
}

/**
 * A meter's quantities over a range, as Polar calculates them (server, meter/service.py): each timestamp
 * stands for the calendar period that it falls in. The total of count, sum, max and min is that of the
 * periods shown, that of avg and unique is taken over all the events.
 */
export function quantitiesOf(
  meter: MeterDoc,
  events: readonly EventDoc[],
  { start, end, interval, zone, customerFunction, customerOf }: Question,
): models.MeterQuantities {
  const periods = Map.groupBy(events, (event) => periodOf(event.timestamp, interval, zone));
  const quantityOf = (inside: readonly EventDoc[]) => {
    if (!customerFunction) return aggregate(meter.aggregation, inside);
    const byCustomer = Map.groupBy(inside, customerOf);
    const each = [...byCustomer.values()].map((own) => aggregate(meter.aggregation, own));
    return combine(customerFunction, each);
  };
  const quantities = [...series(start, end, interval, zone)].map((timestamp) => ({
    timestamp,
    quantity: quantityOf(periods.get(periodOf(timestamp, interval, zone)) ?? []),
  }));
  const { func } = meter.aggregation;
  const shown = quantities.map(({ quantity }) => quantity);
  const total =
    func === "avg" || func === "unique"
      ? aggregate(meter.aggregation, events)
      : combine(func === "max" || func === "min" ? func : "sum", shown);
  return { quantities, total };
}
