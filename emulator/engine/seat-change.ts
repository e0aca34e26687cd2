import type { models } from "@polar-sh/sdk/2026-10";
import { polarError } from "../http/errors.ts";
import type { SeatPriceDoc, SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth } from "../time.ts";
import type { World } from "../world.ts";
import { addEntry } from "./billing-entries.ts";
import { scheduleCycles } from "./cycle-dates.ts";
import { allocateDiscount } from "./discounts.ts";
import { billNow, putOff } from "./plan-change.ts";
import { periodEnd } from "./plans.ts";
import { seatCharge, seatLimits, seatPrice } from "./prices.ts";
import { type Period, remainingWhole } from "./proration.ts";
import { takenSeats } from "./seats.ts";
import { updateSubscription } from "./subscription-events.ts";
import { recurringAmount, subscriptionPrices } from "./subscription-prices.ts";

/** The seat price, if there may be that many seats. @throws ApiError 400 as Polar does */
function priceOfSeats(world: World, subscription: SubscriptionDoc, seats: number): SeatPriceDoc {
  const price = seatPrice(subscriptionPrices(world, subscription));
  if (!price)
    throw polarError(
      400,
      "NotASeatBasedSubscription",
      "This subscription does not support seat-based pricing.",
    );
  const { minimum, maximum } = seatLimits(price);
  if (seats < minimum)
    throw polarError(400, "BelowMinimumSeats", `Minimum ${minimum} seats required.`);
  if (maximum !== null && seats > maximum)
    throw polarError(400, "AboveMaximumSeats", `Maximum ${maximum} seats allowed.`);
  const taken = takenSeats(world, { subscription });
  if (seats < taken)
    throw polarError(
      400,
      "SeatsAlreadyAssigned",
      `Cannot decrease seats to ${seats}. Currently ${taken} seats are assigned. Revoke seats first.`,
    );
  return price;
}

/** What seats cost for a period, less their share of the discount. */
function effective(
  world: World,
  subscription: SubscriptionDoc,
  price: SeatPriceDoc,
  seats: number,
): number {
  const charge = seatCharge(price, seats);
  const base = subscriptionPrices(world, subscription).flatMap((other) =>
    other.amount_type === "fixed" ? [other.price_amount] : [],
  );
  const discount = world.discounts.get(subscription.discount_id);
  return charge - (allocateDiscount(discount, [...base, charge]).at(-1) ?? 0);
}

/** Notes what a change of seats owes, or is owed; returns whether it is anything. */
function noteChange(
  world: World,
  before: SubscriptionDoc,
  price: SeatPriceDoc,
  seats: number,
  { period, now, isReset }: { period: Period; now: string; isReset: boolean },
): boolean {
  const old = effective(world, before, price, before.seats ?? 1);
  const next = effective(world, before, price, seats);
  const amount = isReset ? next : remainingWhole(next - old, period, now);
  if (amount === 0) return false;
  addEntry(world, before, {
    price,
    direction: amount < 0 ? "credit" : "debit",
    amount,
    start: now,
    end: period.end,
    seats: { before: before.seats ?? 1, after: seats },
  });
  return true;
}

/** The same number of seats again takes a change back that was to come. */
function keepSeats(world: World, before: SubscriptionDoc): SubscriptionDoc {
  const waiting = before.pending_update;
  if (waiting?.seats == null) return before;
  return updateSubscription(world, before.id, {
    pending_update: waiting.product_id ? { ...waiting, seats: null } : null,
  });
}

/**
 * Changes the number of a subscription's seats: the difference for the rest of the period is billed as
 * for changes of the plan. A change of plan that waits for renewal keeps waiting.
 *
 * @throws ApiError 400 for a number that cannot be had; 402 when it is billed now and the card fails.
 */
export function changeSeats(
  world: World,
  id: string,
  seats: number,
  behavior: models.SubscriptionProrationBehavior,
): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  const price = priceOfSeats(world, before, seats);
  if (before.seats === seats) return keepSeats(world, before);
  if (behavior === "next_period") return putOff(world, before, { seats });
  const now = world.clock.tick();
  const isReset = behavior === "reset";
  const anchor = isReset ? dayOfMonth(now) : before.anchor_day;
  const product = world.products.need(before.product_id);
  const period = isReset
    ? { start: now, end: periodEnd(product, now, anchor) }
    : { start: before.current_period_start, end: before.current_period_end };
  const isBilled =
    before.status !== "trialing" &&
    noteChange(world, before, price, seats, { period, now, isReset });
  const waiting = before.pending_update;
  const changed = world.subscriptions.patch(id, {
    seats,
    amount: recurringAmount(world, subscriptionPrices(world, before), { ...before, seats }),
    anchor_day: anchor,
    current_period_start: period.start,
    current_period_end: period.end,
    pending_update: waiting?.product_id ? { ...waiting, seats: null } : null,
  });
  if (isReset) scheduleCycles(world, changed);
  if (isBilled && (behavior === "invoice" || isReset)) billNow(world, changed);
  return updateSubscription(world, id, {});
}
