import type { PriceDoc, SubscriptionDoc } from "../store/documents.ts";
import { type Instant, toMicros } from "../time.ts";
import type { World } from "../world.ts";
import { addEntry } from "./billing-entries.ts";
import { allocateDiscount } from "./discounts.ts";
import { isFree } from "./prices.ts";
import { periodCharge, type Terms } from "./subscription-prices.ts";

export interface Period {
  start: Instant;
  end: Instant;
}

/** What is left of a period at `now`, as a fraction of whole numbers (microseconds). */
function fraction({ start, end }: Period, now: Instant): { left: bigint; total: bigint } {
  const total = BigInt(toMicros(end) - toMicros(start));
  const left = BigInt(Math.max(0, toMicros(end) - toMicros(now)));
  return total > 0n ? { left, total } : { left: 0n, total: 1n };
}

/**
 * The part of `amount` (minor units) that falls on what is left of a period at `now`, rounded half to even
 * as Polar does, in whole numbers so that no cent depends on floating point.
 */
export function remainingShare(amount: number, period: Period, now: Instant): number {
  const { left, total } = fraction(period, now);
  const product = BigInt(amount) * left;
  const whole = product / total;
  const twice = (product % total) * 2n;
  const up = twice > total || (twice === total && whole % 2n === 1n);
  return Number(up ? whole + 1n : whole);
}

/** The same, cut to the whole cent towards zero, as Polar does for changes of seats. */
export function remainingWhole(amount: number, period: Period, now: Instant): number {
  const { left, total } = fraction(period, now);
  return Number((BigInt(amount) * left) / total);
}

/**
 * Notes what prices are worth for the rest of a period, to be charged or given back; returns for how
 * many. The discount is taken off here: it is that of the period at hand, not the next order's.
 */
export function prorate(
  world: World,
  subscription: SubscriptionDoc,
  {
    direction,
    prices,
    terms,
    period,
    now,
  }: {
    direction: "credit" | "debit";
    prices: readonly PriceDoc[];
    terms: Terms;
    period: Period;
    now: Instant;
  },
): number {
  const charged = prices.filter(
    (price) =>
      (price.amount_type === "fixed" || price.amount_type === "seat_based") && !isFree(price),
  );
  const amounts = charged.map((price) => periodCharge(price, terms));
  const discounts = allocateDiscount(world.discounts.get(terms.discount_id), amounts);
  for (const [index, price] of charged.entries()) {
    const share = remainingShare((amounts[index] ?? 0) - (discounts[index] ?? 0), period, now);
    addEntry(world, subscription, {
      price,
      direction,
      amount: direction === "credit" ? -share || 0 : share,
      start: now,
      end: period.end,
    });
  }
  return charged.length;
}
