import { newId } from "../ids.ts";
import type { BillingEntryDoc, PriceDoc, SubscriptionDoc } from "../store/documents.ts";
import { humanDate, type Instant } from "../time.ts";
import type { World } from "../world.ts";
import type { Line } from "./orders.ts";
import { findPrice } from "./plans.ts";
import { priceLabel } from "./prices.ts";

/** Keeps a line, to be billed with the subscription's next order. */
export function addEntry(
  world: World,
  subscription: SubscriptionDoc,
  entry: {
    price: PriceDoc;
    direction: BillingEntryDoc["direction"];
    amount: number;
    start: Instant;
    end: Instant;
    seats?: BillingEntryDoc["seats"];
  },
): void {
  world.billingEntries.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    subscription_id: subscription.id,
    direction: entry.direction,
    amount: entry.amount,
    seats: entry.seats ?? null,
    product_price_id: entry.price.id,
    start_timestamp: entry.start,
    end_timestamp: entry.end,
  });
}

function labelOf(world: World, entry: BillingEntryDoc, subscription: SubscriptionDoc): string {
  const price = findPrice(world, entry.product_price_id);
  const product = world.products.need(price?.product_id ?? subscription.product_id);
  const what = entry.seats
    ? `${product.name} (${entry.seats.before} → ${entry.seats.after} seats)`
    : priceLabel(product, price, subscription.seats);
  const range = `From ${humanDate(entry.start_timestamp)} to ${humanDate(entry.end_timestamp)}`;
  return entry.direction === "credit"
    ? `Remaining time on ${what} — ${range}`
    : `${what} — ${range}`;
}

/** Takes the lines that wait for the subscription's next order. */
export function takeEntries(world: World, subscription: SubscriptionDoc): Line[] {
  const entries = world.billingEntries.where("subscription_id", subscription.id);
  for (const { id } of entries) world.billingEntries.remove(id);
  return entries.map((entry) => ({
    label: labelOf(world, entry, subscription),
    amount: entry.amount,
    proration: true,
    product_price_id: entry.product_price_id,
    start_timestamp: entry.start_timestamp,
    end_timestamp: entry.end_timestamp,
  }));
}
