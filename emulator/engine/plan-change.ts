import type { models } from "@polar-sh/sdk/2026-10";
import { invalidValue, polarError } from "../http/errors.ts";
import { defined } from "../http/schema.ts";
import { newId } from "../ids.ts";
import { trialEnd } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type {
  OrderDoc,
  PendingUpdateDoc,
  ProductDoc,
  SubscriptionDoc,
} from "../store/documents.ts";
import { dayOfMonth, type Instant } from "../time.ts";
import type { World } from "../world.ts";
import { takeEntries } from "./billing-entries.ts";
import { cardPays } from "./cards.ts";
import { isTooSmallToCharge } from "./charges.ts";
import { cycleSubscription } from "./cycle.ts";
import { meterPeriod, scheduleCycles } from "./cycle-dates.ts";
import { meteredLines } from "./metered.ts";
import { placeOrder } from "./orders.ts";
import { hasOtherInterval, periodEnd, planFields } from "./plans.ts";
import { customPrice, seatLimits, seatPrice } from "./prices.ts";
import { prorate } from "./proration.ts";
import { becomeTeam, takeOwnSeat } from "./seats.ts";
import { redeemForSubscription } from "./subscription-discount.ts";
import { updateSubscription } from "./subscription-events.ts";
import { subscriptionPrices, type Terms } from "./subscription-prices.ts";

type DiscountedTerms = Terms & Pick<SubscriptionDoc, "discount_applied_at">;

/** The product to change to. @throws ApiError 422 for one that cannot be changed to. */
function target(world: World, productId: string): ProductDoc {
  const refuse = (msg: string) => invalidValue(["body", "product_id"], msg, productId);
  const product = world.products.get(productId);
  if (!product) throw refuse("Product does not exist.");
  if (product.is_archived) throw refuse("Product is archived.");
  if (!product.recurring_interval) throw refuse("Product is not recurring.");
  if (customPrice(currentPrices(product)))
    throw refuse("Can't update to a product with custom prices.");
  return product;
}

/** The number of seats under another plan. Seats once bought stay; a first plan with some has its fewest. */
function seatsUnder(
  world: World,
  before: SubscriptionDoc,
  product: ProductDoc,
  behavior: models.SubscriptionProrationBehavior,
): number | null {
  const had = seatPrice(subscriptionPrices(world, before));
  const has = seatPrice(currentPrices(product));
  if (had && !has)
    throw invalidValue(
      ["body", "product_id"],
      "Can't switch from a seat-based to a non-seat-based product.",
      product.id,
    );
  if (had || !has) return before.seats;
  if (behavior === "next_period")
    throw invalidValue(
      ["body", "proration_behavior"],
      "Switching from a non-seat to a seat-based product must apply immediately and can't use the 'next_period' proration behavior.",
      behavior,
    );
  return seatLimits(has).minimum;
}

/** A change that is charged now fails as a whole when the card does. */
export function requirePayment(world: World, order: OrderDoc): void {
  if (order.status !== "pending") return;
  const { card } = world.customers.need(order.customer_id);
  if (!card || !(isTooSmallToCharge(order) || cardPays(card)))
    throw polarError(402, "PaymentFailed", "The payment of this change has failed.");
}

/** Notes a change for the end of the period, beside another kind of change that waits for it. */
export function putOff(
  world: World,
  before: SubscriptionDoc,
  change: Partial<Pick<PendingUpdateDoc, "product_id" | "seats" | "discount_id">>,
): SubscriptionDoc {
  const at = world.clock.tick();
  const waiting = before.pending_update;
  return updateSubscription(world, before.id, {
    pending_update: {
      id: waiting?.id ?? newId(),
      created_at: waiting?.created_at ?? at,
      modified_at: waiting ? at : null,
      product_id: null,
      seats: null,
      ...waiting,
      applies_at: before.current_period_end,
      ...defined(change),
    },
  });
}

function changeInTrial(
  world: World,
  before: SubscriptionDoc,
  product: ProductDoc,
  now: Instant,
  terms: DiscountedTerms,
) {
  const { trial_interval: interval, trial_interval_count: count } = product;
  const end = interval && count ? trialEnd(before.trial_start ?? now, { interval, count }) : null;
  const ends = end === null || end <= now;
  const until = ends ? now : end;
  const changed = world.subscriptions.patch(before.id, {
    ...terms,
    ...planFields(world, product, now, terms, before.meters),
    ...meterPeriod(product, null, before.anchor_day),
    trial_end: until,
    current_period_end: until,
    pending_update: null,
  });
  scheduleCycles(world, changed);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: before.id, cycle: false });
  if (ends) cycleSubscription(world, before.id);
  return updateSubscription(world, before.id, {});
}

/** What is used under the old plan's meter period is charged before the plan is gone. */
function settleMeters(world: World, before: SubscriptionDoc): void {
  if (!before.current_meter_period_end) return;
  const lines = meteredLines(world, before).filter((line) => line.amount > 0);
  if (lines.length > 0) placeOrder(world, before, "subscription_meter_cycle", lines);
}

/**
 * Changes a subscription's plan. `prorate` gives it now and bills the difference at renewal, `invoice`
 * bills now, `reset` bills a whole new period now, `next_period` changes at renewal. A change of the
 * interval is billed now. A discount (null takes it away) changes along with it.
 *
 * @throws ApiError 402 when the change is billed now and the card fails; 422 for a product that is none.
 */
export function changePlan(
  world: World,
  id: string,
  productId: string,
  behavior: models.SubscriptionProrationBehavior,
  discountId?: string | null,
): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  const product = target(world, productId);
  const seats = seatsUnder(world, before, product, behavior);
  const discount_id = discountId && redeemForSubscription(world, before, discountId, product.id);
  const now = world.clock.tick();
  if (behavior === "next_period")
    return putOff(world, before, { product_id: product.id, discount_id });
  const terms: DiscountedTerms = {
    seats,
    custom_amount: null,
    discount_id: discount_id === undefined ? before.discount_id : discount_id,
    discount_applied_at: discount_id === undefined ? before.discount_applied_at : null,
  };
  if (before.status === "trialing") return changeInTrial(world, before, product, now, terms);

  const isReset = behavior === "reset" || hasOtherInterval(before, product);
  const anchor = isReset ? dayOfMonth(now) : before.anchor_day;
  const start = isReset ? now : before.current_period_start;
  const end = isReset ? periodEnd(product, now, anchor) : before.current_period_end;
  const given =
    behavior === "reset"
      ? 0
      : prorate(world, before, {
          direction: "credit",
          prices: subscriptionPrices(world, before),
          terms: before,
          period: { start: before.current_period_start, end: before.current_period_end },
          now,
        });
  const asked = prorate(world, before, {
    direction: "debit",
    prices: currentPrices(product),
    terms,
    period: { start, end },
    now,
  });
  settleMeters(world, before);
  const changed = world.subscriptions.patch(id, {
    ...terms,
    ...planFields(world, product, now, terms, before.meters),
    anchor_day: anchor,
    current_period_start: start,
    current_period_end: end,
    ...meterPeriod(product, start, anchor),
    pending_update: null,
  });
  if (isReset) scheduleCycles(world, changed);
  const isFirstSeat = before.seats === null && seats !== null;
  if (isFirstSeat) takeOwnSeat(world, { subscription: changed });
  if ((behavior === "invoice" || isReset) && given + asked > 0) billNow(world, changed);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
  const after = updateSubscription(world, id, {});
  if (isFirstSeat) becomeTeam(world, after.customer_id);
  return after;
}

/** Bills what waits for the next order in an order of its own. @throws ApiError 402 when the card fails. */
export function billNow(world: World, subscription: SubscriptionDoc): void {
  const order = placeOrder(
    world,
    subscription,
    "subscription_update",
    takeEntries(world, subscription),
  );
  requirePayment(world, order);
}

/** Forgets a change that was to come at renewal. @throws ApiError 422 when there is none. */
export function clearPendingUpdate(world: World, id: string): SubscriptionDoc {
  if (!world.subscriptions.need(id).pending_update)
    throw invalidValue(
      ["body", "pending_update"],
      "This subscription has no pending update to clear.",
      null,
    );
  return updateSubscription(world, id, { pending_update: null });
}
