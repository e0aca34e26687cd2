import type { models } from "@polar-sh/sdk/2026-10";
import { polarError } from "../http/errors.ts";
import { newId } from "../ids.ts";
import { checkoutTrial, trialEnd } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type { CheckoutDoc, ProductDoc, SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth, type Instant, nextPeriod } from "../time.ts";
import type { World } from "../world.ts";
import { takeEntries } from "./billing-entries.ts";
import { isUncancelable, requireCancelable } from "./cancellation.ts";
import { lapse } from "./discount-lapse.ts";
import { settleMeterCycle } from "./meter-cycle.ts";
import { meteredLines, recalculatedMeters, resetSubscriptionMeters } from "./metered.ts";
import { checkoutOrderAmounts, NO_AMOUNTS } from "./order-amounts.ts";
import { voidPendingOrders } from "./order-events.ts";
import { type Line, placeOrder, placePaidOrder } from "./orders.ts";
import { hasOtherInterval, periodEnd, planFields } from "./plans.ts";
import { customPrice, seatLimits, seatPrice } from "./prices.ts";
import { tellSubscription, updateSubscription } from "./subscription-events.ts";
import {
  firstLines,
  recurringAmount,
  renewalLines,
  subscriptionPrices,
} from "./subscription-prices.ts";

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

interface NewSubscription {
  product: ProductDoc;
  customer_id: string;
  metadata: SubscriptionDoc["metadata"];
  /** The checkout that it comes of, with the choices made there. */
  checkout?: CheckoutDoc;
}

/** Makes a subscription and tells of it. It begins with its trial, where the checkout gives one. */
export function openSubscription(
  world: World,
  { product, customer_id, metadata, checkout }: NewSubscription,
): SubscriptionDoc {
  const start = world.clock.tick();
  const trial = checkout ? checkoutTrial(world, checkout) : null;
  const ends = trial ? trialEnd(start, trial) : null;
  const anchor = dayOfMonth(start);
  const prices = currentPrices(product);
  const perSeat = seatPrice(prices);
  const terms = {
    seats: checkout?.seats ?? (perSeat ? seatLimits(perSeat).minimum : null),
    custom_amount: checkout && customPrice(prices) ? checkout.amount : null,
    discount_id: checkout?.discount_id ?? null,
  };
  const subscription = world.subscriptions.put({
    id: newId(),
    created_at: start,
    modified_at: null,
    status: trial ? "trialing" : "active",
    ...terms,
    ...planFields(world, product, start, terms),
    currency: "usd",
    discount_applied_at: terms.discount_id && !trial ? start : null,
    tax_behavior: checkout?.tax_behavior ?? null,
    anchor_day: anchor,
    current_period_start: start,
    current_period_end: ends ?? periodEnd(product, start, anchor),
    ...meterPeriod(product, trial ? null : start, anchor),
    trial_start: ends ? start : null,
    trial_end: ends,
    cancel_at_period_end: false,
    canceled_at: null,
    started_at: start,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    pause_at_period_end: false,
    paused_at: null,
    resumes_at: null,
    customer_id,
    checkout_id: checkout?.id ?? null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    metadata,
    custom_field_data: checkout?.custom_field_data ?? {},
    pending_update: null,
  });
  tellSubscription(world, "created", subscription);
  tellSubscription(world, "active", subscription);
  tellSubscription(world, "updated", subscription);
  resetSubscriptionMeters(world, subscription);
  scheduleCycles(world, subscription);
  return subscription;
}

/** A checkout of a recurring product was paid, or its trial begins: makes the subscription and its order. */
export function startSubscription(
  world: World,
  checkout: CheckoutDoc,
  customerId: string,
): SubscriptionDoc {
  const product = world.products.need(checkout.product_id);
  const subscription = openSubscription(world, {
    product,
    customer_id: customerId,
    metadata: checkout.metadata,
    checkout,
  });
  placePaidOrder(world, {
    customer_id: customerId,
    product_id: product.id,
    billing_reason: "subscription_create",
    lines: firstLines(world, subscription),
    amounts: subscription.trial_end ? NO_AMOUNTS : checkoutOrderAmounts(checkout),
    subscription,
    checkout,
  });
  return subscription;
}

/** Ends a subscription with its period. Of what it owes, changes and use of that period are still charged. */
function endAtPeriodEnd(world: World, subscription: SubscriptionDoc): void {
  const usage = subscription.status === "trialing" ? [] : meteredLines(world, subscription);
  const ended = updateSubscription(world, subscription.id, {
    status: "canceled",
    ended_at: world.clock.now(),
  });
  resetSubscriptionMeters(world, subscription);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: subscription.id, cycle: false });
  voidPendingOrders(world, subscription.id);
  const lines = [...takeEntries(world, ended), ...usage];
  if (lines.some((line) => line.amount !== 0))
    placeOrder(world, {
      customer_id: ended.customer_id,
      product_id: ended.product_id,
      billing_reason: "subscription_cycle",
      lines,
      subscription: ended,
    });
}

/** What a change that was put off makes of a subscription's terms. */
function pendingTerms(before: SubscriptionDoc) {
  const { pending_update: change, seats, custom_amount, discount_id, discount_applied_at } = before;
  return {
    seats: change?.seats ?? seats,
    custom_amount,
    ...(change?.discount_id === undefined
      ? { discount_id, discount_applied_at }
      : { discount_id: change.discount_id, discount_applied_at: null }),
  };
}

/** A subscription's period is over: it renews (or a trial becomes a paid period), or it ends. */
export function cycleSubscription(world: World, id: string): void {
  const before = world.subscriptions.need(id);
  const isBillable = ["active", "trialing", "past_due"].includes(before.status);
  if (!isBillable || before.current_period_end > world.clock.now()) return;
  if (before.cancel_at_period_end) {
    endAtPeriodEnd(world, before);
    return;
  }
  if (before.pause_at_period_end) {
    updateSubscription(world, id, {
      status: "paused",
      paused_at: world.clock.now(),
      pause_at_period_end: false,
      // What is used during the pause is under no plan, and never charged.
      unbilled_use: meteredLines(world, before),
    });
    world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
    return;
  }
  const wasTrial = before.status === "trialing";
  const start = before.current_period_end;
  const change = before.pending_update;
  const product = world.products.need(change?.product_id ?? before.product_id);
  const terms = lapse(world, pendingTerms(before), start);
  const plan = change?.product_id
    ? planFields(world, product, start, terms, before.meters)
    : { amount: recurringAmount(world, subscriptionPrices(world, before), terms) };
  const kept = new Set("price_ids" in plan ? plan.price_ids : before.price_ids);
  // Use under a price that the new plan does not have is not charged any more.
  const usage = wasTrial
    ? []
    : meteredLines(world, before).filter((line) => kept.has(line.product_price_id ?? ""));
  const isReset = wasTrial || hasOtherInterval(before, product);
  const anchor = isReset ? dayOfMonth(start) : before.anchor_day;
  const end = periodEnd(product, start, anchor);
  const subscription = world.subscriptions.patch(id, {
    ...terms,
    ...plan,
    status: wasTrial ? "active" : before.status,
    anchor_day: anchor,
    current_period_start: start,
    current_period_end: end,
    ...meterPeriod(product, start, anchor),
    pending_update: null,
    modified_at: world.clock.tick(),
  });
  resetSubscriptionMeters(world, before);
  tellSubscription(world, "cycled", subscription);
  tellSubscription(world, "updated", subscription);
  scheduleCycles(world, subscription);
  if (change?.product_id)
    world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
  placeOrder(world, {
    customer_id: subscription.customer_id,
    product_id: product.id,
    billing_reason: "subscription_cycle",
    lines: [
      ...takeEntries(world, subscription),
      ...renewalLines(world, subscription, start, end),
      ...usage,
    ],
    subscription,
  });
}

/** A meter period within a longer one is over: its use is charged and its allowance given anew. */
export function cycleMeters(world: World, id: string): void {
  const before = world.subscriptions.need(id);
  const boundary = before.current_meter_period_end;
  if (!boundary || boundary > world.clock.now()) return;
  const product = world.products.need(before.product_id);
  const isActive = before.status === "active";
  const terms = isActive ? lapse(world, before, boundary) : before;
  const { discount_id, discount_applied_at } = terms;
  const subscription = world.subscriptions.patch(id, {
    discount_id,
    discount_applied_at,
    amount: recurringAmount(world, subscriptionPrices(world, before), terms),
    ...meterPeriod(product, boundary, before.anchor_day),
    modified_at: world.clock.tick(),
  });
  scheduleCycles(world, subscription);
  if (subscription.status !== "active") return;
  settleMeterCycle(world, subscription);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: true });
}

interface Cancellation {
  reason?: models.CustomerCancellationReason | null | undefined;
  comment?: string | null | undefined;
}

/** Lets a subscription end with its period. @throws ApiError 403 for one that cannot be canceled so */
export function cancelAtPeriodEnd(
  world: World,
  id: string,
  { reason, comment }: Cancellation,
): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  requireCancelable(before, false);
  const { current_period_end } = before;
  return updateSubscription(world, id, {
    cancel_at_period_end: true,
    pause_at_period_end: false,
    resumes_at: null,
    canceled_at: world.clock.now(),
    ends_at: current_period_end,
    customer_cancellation_reason: reason ?? null,
    customer_cancellation_comment: comment ?? null,
  });
}

/**
 * Takes a cancellation back before it has come into force.
 *
 * @throws ApiError 410 for a subscription that has ended, 400 for one that is not canceled
 */
export function uncancel(world: World, id: string): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  if (before.ended_at) throw polarError(410, "ResourceUnavailable", "Unavailable");
  if (!isUncancelable(before)) throw polarError(400, "BadRequest", "Bad request");
  return updateSubscription(world, id, {
    cancel_at_period_end: false,
    canceled_at: null,
    ends_at: null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
  });
}

/** What was used in a meter period and is not charged yet. */
function unsettledUse(world: World, subscription: SubscriptionDoc): Line[] {
  if (subscription.current_meter_period_end === null) return [];
  if (subscription.status === "paused") return subscription.unbilled_use ?? [];
  return subscription.status === "active" ? meteredLines(world, subscription) : [];
}

/**
 * Ends a subscription at once. What it owes is given up; a meter period's use until now is charged.
 *
 * @throws ApiError 403 for one that has ended
 */
export function revokeSubscription(
  world: World,
  id: string,
  { reason, comment }: Cancellation,
): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  requireCancelable(before, true);
  const at = world.clock.now();
  const usage = unsettledUse(world, before).filter((line) => line.amount > 0);
  const subscription = updateSubscription(world, id, {
    status: "canceled",
    canceled_at: at,
    ends_at: at,
    ended_at: at,
    customer_cancellation_reason: reason ?? before.customer_cancellation_reason,
    customer_cancellation_comment: comment ?? before.customer_cancellation_comment,
  });
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
  voidPendingOrders(world, id);
  if (usage.length > 0)
    placeOrder(world, {
      customer_id: subscription.customer_id,
      product_id: subscription.product_id,
      billing_reason: "subscription_meter_cycle",
      lines: usage,
      subscription,
    });
  return subscription;
}

/** Usage has come in: brings what the subscription shows of its meters up to date. */
export function updateSubscriptionMeters(world: World, id: string): void {
  const subscription = world.subscriptions.need(id);
  if (subscription.status === "canceled") return;
  const meters = recalculatedMeters(world, subscription);
  if (meters) tellSubscription(world, "updated", world.subscriptions.patch(id, { meters }));
}
