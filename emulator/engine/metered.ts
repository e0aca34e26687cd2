import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { readWindow, resetMeter } from "./meters.ts";
import type { Line } from "./orders.ts";
import { findPrice } from "./plans.ts";

/**
 * The price of metered units in cents, rounded half up as Polar does. `unitAmount` is cents a unit as a
 * decimal with up to 12 places; it is calculated with whole numbers, so that no unit gets lost.
 */
export function meteredAmount(unitAmount: string, units: number, cap: number | null): number {
  const [whole = "0", fraction = ""] = unitAmount.split(".");
  const price = BigInt(whole + fraction.slice(0, 12).padEnd(12, "0"));
  const quantity = BigInt(Math.round(Math.max(0, units) * 1e6));
  const scale = 10n ** 18n;
  const amount = Number((price * quantity + scale / 2n) / scale);
  return cap === null ? amount : Math.min(amount, cap);
}

function priceLabel(unitAmount: string): string {
  const dollars = Number(unitAmount) / 100;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: 14,
  }).format(dollars);
}

interface MeteredUse {
  price_id: string;
  meter_id: string;
  consumed: number;
  credited: number;
  amount: number;
  label: string;
}

/** What a subscription's metered prices would charge for their meters' current windows. */
export function meteredUse(world: World, subscription: SubscriptionDoc): MeteredUse[] {
  return subscription.meters.flatMap((counted) => {
    const price = findPrice(world, counted.price_id);
    if (price?.amount_type !== "metered_unit") return [];
    const { consumed, credited } = readWindow(
      world,
      subscription.customer_id,
      counted.meter_id,
      counted.priced_since,
    );
    const units = consumed - credited;
    const shown = Math.max(0, units).toLocaleString("en-US");
    const meter = world.meters.need(counted.meter_id);
    return [
      {
        price_id: price.id,
        meter_id: counted.meter_id,
        consumed,
        credited,
        amount: meteredAmount(price.unit_amount, units, price.cap_amount),
        label: `${meter.name} — (${shown} consumed units) × ${priceLabel(price.unit_amount)}`,
      },
    ];
  });
}

/** The order lines of the current windows; windows without any use have none. */
export function meteredLines(world: World, subscription: SubscriptionDoc): Line[] {
  return meteredUse(world, subscription)
    .filter((use) => use.consumed > 0)
    .map((use) => ({
      label: use.label,
      amount: use.amount,
      proration: false,
      product_price_id: use.price_id,
      start_timestamp: null,
      end_timestamp: null,
    }));
}

/** Starts the next window of every meter that the subscription is charged by. */
export function resetSubscriptionMeters(world: World, subscription: SubscriptionDoc): void {
  for (const meter of subscription.meters)
    resetMeter(world, subscription.customer_id, meter.meter_id);
}

/** The subscription's meters with what their windows hold now; null when nothing has changed. */
export function recalculatedMeters(
  world: World,
  subscription: SubscriptionDoc,
): SubscriptionDoc["meters"] | null {
  const use = new Map(meteredUse(world, subscription).map((each) => [each.meter_id, each]));
  const meters = subscription.meters.map((meter) => {
    const found = use.get(meter.meter_id);
    if (!found) return meter;
    const { consumed, credited, amount } = found;
    const same =
      consumed === meter.consumed_units &&
      credited === meter.credited_units &&
      amount === meter.amount;
    return same
      ? meter
      : {
          ...meter,
          consumed_units: consumed,
          credited_units: credited,
          amount,
          modified_at: world.clock.now(),
        };
  });
  return meters.some((meter, index) => meter !== subscription.meters[index]) ? meters : null;
}
