import type { SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth } from "../time.ts";
import type { World } from "../world.ts";
import { takeEntries } from "./billing-entries.ts";
import { meterPeriod, scheduleCycles } from "./cycle-dates.ts";
import { lapse } from "./discount-lapse.ts";
import { settleMeterCycle } from "./meter-cycle.ts";
import { meteredLines, resetSubscriptionMeters } from "./metered.ts";
import { voidPendingOrders } from "./order-events.ts";
import { placeOrder } from "./orders.ts";
import { hasOtherInterval, periodEnd, planFields } from "./plans.ts";
import { tellSubscription, updateSubscription } from "./subscription-events.ts";
import { recurringAmount, renewalLines, subscriptionPrices } from "./subscription-prices.ts";

/** Ends a subscription with its period. Of what it owes, changes and use of that period are still charged. */
function endAtPeriodEnd(world: World, subscription: SubscriptionDoc): void {
  const usage = meteredLines(world, subscription);
  const ended = updateSubscription(world, subscription.id, {
    status: "canceled",
    ended_at: world.clock.now(),
  });
  resetSubscriptionMeters(world, subscription);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: subscription.id, cycle: false });
  voidPendingOrders(world, subscription.id);
  const lines = [...takeEntries(world, ended), ...usage];
  if (lines.some((line) => line.amount !== 0))
    placeOrder(world, ended, "subscription_cycle", lines);
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
  const usage = meteredLines(world, before).filter((line) => kept.has(line.product_price_id ?? ""));
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
  placeOrder(world, subscription, "subscription_cycle", [
    ...takeEntries(world, subscription),
    ...renewalLines(world, subscription, start, end),
    ...usage,
  ]);
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
