import type { ProductDoc, SubscriptionDoc } from "../store/documents.ts";
import { type Instant, nextPeriod } from "../time.ts";
import type { World } from "../world.ts";

type MeterPeriod = Pick<SubscriptionDoc, "current_meter_period_start" | "current_meter_period_end">;

/** The first meter period from `start`; none while a trial runs, or where the product has none. */
export function meterPeriod(
  product: ProductDoc,
  start: Instant | null,
  anchor: number,
): MeterPeriod {
  if (!start || !product.meter_interval || !product.meter_interval_count)
    return { current_meter_period_start: null, current_meter_period_end: null };
  return {
    current_meter_period_start: start,
    current_meter_period_end: nextPeriod(
      start,
      product.meter_interval,
      product.meter_interval_count,
      anchor,
    ),
  };
}

/** Sets the alarms of the ends of a subscription's periods. Alarms of other dates do nothing. */
export function scheduleCycles(world: World, subscription: SubscriptionDoc): void {
  const { id, current_period_end, current_meter_period_end } = subscription;
  world.scheduler.at(current_period_end, { kind: "subscription.cycle", subscription_id: id });
  if (current_meter_period_end && current_meter_period_end < current_period_end)
    world.scheduler.at(current_meter_period_end, {
      kind: "subscription.meter_cycle",
      subscription_id: id,
    });
}
