import type { PriceDoc, ProductDoc, StaticPriceDoc, SubscriptionDoc } from "../store/documents.ts";
import { humanDate, type Instant } from "../time.ts";
import type { World } from "../world.ts";
import { discountOn } from "./discounts.ts";
import type { Line } from "./orders.ts";
import { isStatic, priceCharge, priceLabel, upfrontAmount } from "./prices.ts";

/** What of a subscription decides on its amount, beside its prices. */
export type Terms = Pick<SubscriptionDoc, "seats" | "custom_amount" | "discount_id">;

/** The prices that a subscription was bought at; some may be archived. */
export function subscriptionPrices(
  world: World,
  { product_id, price_ids }: Pick<SubscriptionDoc, "product_id" | "price_ids">,
): PriceDoc[] {
  return world.products.need(product_id).prices.filter(({ id }) => price_ids.includes(id));
}

/** What a period costs ahead, less the discount. */
export function recurringAmount(
  world: World,
  prices: readonly PriceDoc[],
  { seats, custom_amount, discount_id }: Terms,
): number {
  const amount = upfrontAmount(prices, { seats, amount: custom_amount });
  return amount - discountOn(world.discounts.get(discount_id), amount);
}

/** What one of a subscription's prices costs for a period, before the discount. */
export function periodCharge(price: PriceDoc, { seats, custom_amount }: Terms): number {
  return priceCharge(price, { seats, amount: custom_amount });
}

function staticPrices(world: World, subscription: SubscriptionDoc): StaticPriceDoc[] {
  return subscriptionPrices(world, subscription).filter(isStatic);
}

/** The lines of prices that are charged now and once, or for a first period. */
export function purchaseLines(
  product: ProductDoc,
  prices: readonly PriceDoc[],
  terms: Pick<Terms, "seats" | "custom_amount">,
): Line[] {
  return prices.filter(isStatic).map((price) => ({
    label: priceLabel(product, price, terms.seats),
    amount: periodCharge(price, { ...terms, discount_id: null }),
    proration: false,
    product_price_id: price.id,
    start_timestamp: null,
    end_timestamp: null,
  }));
}

/** The lines of a subscription's first order. */
export function firstLines(world: World, subscription: SubscriptionDoc): Line[] {
  const product = world.products.need(subscription.product_id);
  const { trial_start, trial_end } = subscription;
  if (!trial_start || !trial_end)
    return purchaseLines(product, staticPrices(world, subscription), subscription);
  return [
    {
      label: `Trial period for ${product.name} (${humanDate(trial_start)} - ${humanDate(trial_end)})`,
      amount: 0,
      proration: false,
      product_price_id: null,
      start_timestamp: null,
      end_timestamp: null,
    },
  ];
}

/** The lines of the period that has just begun. */
export function renewalLines(
  world: World,
  subscription: SubscriptionDoc,
  start: Instant,
  end: Instant,
): Line[] {
  const product = world.products.need(subscription.product_id);
  return staticPrices(world, subscription).map((price) => ({
    label: `${priceLabel(product, price, subscription.seats)} — From ${humanDate(start)} to ${humanDate(end)}`,
    amount: periodCharge(price, subscription),
    proration: false,
    product_price_id: price.id,
    start_timestamp: start,
    end_timestamp: end,
  }));
}
