import { newId } from "../ids.ts";
import { currentPrices } from "../serializers/product.ts";
import type { PriceDoc, ProductDoc, SubscriptionDoc } from "../store/documents.ts";
import { type Instant, type Interval, nextPeriod } from "../time.ts";
import type { World } from "../world.ts";
import { recurringAmount, type Terms } from "./subscription-prices.ts";

type Plan = Pick<
  SubscriptionDoc,
  | "product_id"
  | "price_ids"
  | "amount"
  | "recurring_interval"
  | "recurring_interval_count"
  | "meters"
>;

/** The price of this id, of whichever product. */
export function findPrice(world: World, id: string): PriceDoc | undefined {
  for (const product of world.products.values()) {
    const price = product.prices.find((candidate) => candidate.id === id);
    if (price) return price;
  }
  return undefined;
}

function intervalOf(product: ProductDoc): { interval: Interval; count: number } {
  if (!product.recurring_interval) throw new Error(`product ${product.id} is not recurring`);
  return { interval: product.recurring_interval, count: product.recurring_interval_count ?? 1 };
}

/** When a period of the product that starts at `start` ends. */
export function periodEnd(product: ProductDoc, start: Instant, anchor: number): Instant {
  const { interval, count } = intervalOf(product);
  return nextPeriod(start, interval, count, anchor);
}

/** Whether changing to the product would change how long a period is. */
export function hasOtherInterval(subscription: SubscriptionDoc, product: ProductDoc): boolean {
  const { interval, count } = intervalOf(product);
  return (
    interval !== subscription.recurring_interval || count !== subscription.recurring_interval_count
  );
}

/**
 * What a subscription has of its product, from `since` on. Meters that the same price charges go on
 * counting; others begin anew.
 */
export function planFields(
  world: World,
  product: ProductDoc,
  since: Instant,
  terms: Terms,
  before: SubscriptionDoc["meters"] = [],
): Plan {
  const prices = currentPrices(product);
  const { interval, count } = intervalOf(product);
  return {
    product_id: product.id,
    price_ids: prices.map((price) => price.id),
    amount: recurringAmount(world, prices, terms),
    recurring_interval: interval,
    recurring_interval_count: count,
    meters: prices.flatMap((price) => {
      if (price.amount_type !== "metered_unit") return [];
      const same = before.find((meter) => meter.price_id === price.id);
      if (same) return [same];
      return [
        {
          created_at: since,
          modified_at: null,
          id: newId(),
          consumed_units: 0,
          credited_units: 0,
          amount: 0,
          meter_id: price.meter_id,
          price_id: price.id,
          priced_since: since,
        },
      ];
    }),
  };
}
