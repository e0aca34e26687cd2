import { newId } from "../ids.ts";
import type { BillingEntryDoc, FixedPriceDoc, ProductDoc } from "../store/documents.ts";
import { humanDate, type Instant, toMicros } from "../time.ts";
import type { World } from "../world.ts";
import type { Line } from "./orders.ts";

interface Period {
  start: Instant;
  end: Instant;
}

/**
 * The part of `amount` (minor units) that falls on what is left of a period at `now`, rounded half to even
 * as Polar does, in whole numbers so that no cent depends on floating point.
 */
export function remainingShare(amount: number, { start, end }: Period, now: Instant): number {
  const total = BigInt(toMicros(end) - toMicros(start));
  const left = BigInt(Math.max(0, toMicros(end) - toMicros(now)));
  if (total <= 0n) return 0;
  const product = BigInt(amount) * left;
  const whole = product / total;
  const twice = (product % total) * 2n;
  const up = twice > total || (twice === total && whole % 2n === 1n);
  return Number(up ? whole + 1n : whole);
}

/** A line for what a price owes, or is owed, for the rest of a period. */
export function prorationEntry(
  world: World,
  subscriptionId: string,
  proration: {
    product: ProductDoc;
    price: FixedPriceDoc;
    period: Period;
    now: Instant;
    kind: "credit" | "debit";
  },
): Omit<BillingEntryDoc, "id"> {
  const { product, price, period, now, kind } = proration;
  const share = remainingShare(price.price_amount, period, now);
  const range = `From ${humanDate(now)} to ${humanDate(period.end)}`;
  return {
    created_at: world.clock.tick(),
    modified_at: null,
    subscription_id: subscriptionId,
    label:
      kind === "credit"
        ? `Remaining time on ${product.name} — ${range}`
        : `${product.name} — ${range}`,
    amount: kind === "credit" ? -share : share,
    product_price_id: price.id,
    start_timestamp: now,
    end_timestamp: period.end,
  };
}

/** Keeps a line for the subscription's next order. */
export function addEntry(world: World, entry: Omit<BillingEntryDoc, "id">): void {
  world.billingEntries.put({ ...entry, id: newId() });
}

/** Takes the lines that wait for the subscription's next order. */
export function takeEntries(world: World, subscriptionId: string): Line[] {
  const entries = world.billingEntries.where("subscription_id", subscriptionId);
  for (const { id } of entries) world.billingEntries.remove(id);
  return entries.map((entry) => ({
    label: entry.label,
    amount: entry.amount,
    proration: true,
    product_price_id: entry.product_price_id,
    start_timestamp: entry.start_timestamp,
    end_timestamp: entry.end_timestamp,
  }));
}
