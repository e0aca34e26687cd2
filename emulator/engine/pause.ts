import { invalidValue, polarError } from "../http/errors.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth, type Instant } from "../time.ts";
import type { World } from "../world.ts";
import { takeEntries } from "./billing-entries.ts";
import { meterPeriod, scheduleCycles } from "./cycle-dates.ts";
import { lapse } from "./discount-lapse.ts";
import { resetSubscriptionMeters } from "./metered.ts";
import { placeOrder } from "./orders.ts";
import { periodEnd } from "./plans.ts";
import { updateSubscription } from "./subscription-events.ts";
import { recurringAmount, renewalLines, subscriptionPrices } from "./subscription-prices.ts";

/**
 * Lets a subscription pause when its period ends, and resume at `resumesAt` where that is given.
 *
 * @throws ApiError 409 for one that is not active, or is to end or to pause already
 */
export function pauseAtPeriodEnd(
  world: World,
  id: string,
  resumesAt: Instant | null,
): SubscriptionDoc {
  const subscription = world.subscriptions.need(id);
  const { status, cancel_at_period_end, pause_at_period_end, ends_at } = subscription;
  if (status !== "active" || cancel_at_period_end || pause_at_period_end || ends_at)
    throw polarError(409, "CannotPauseSubscription", "This subscription cannot be paused.");
  if (resumesAt && resumesAt <= subscription.current_period_end)
    throw invalidValue(
      ["body", "resumes_at"],
      "resumes_at must be after the current period end.",
      resumesAt,
    );
  if (resumesAt)
    world.scheduler.at(resumesAt, { kind: "subscription.resume", subscription_id: id });
  return updateSubscription(world, id, { pause_at_period_end: true, resumes_at: resumesAt });
}

/** Takes a pause back before it has begun. @throws ApiError 409 where none is to come */
export function cancelPause(world: World, id: string): SubscriptionDoc {
  const { pause_at_period_end, status } = world.subscriptions.need(id);
  if (!pause_at_period_end || status !== "active")
    throw polarError(409, "NoScheduledPause", "This subscription is not scheduled to be paused.");
  return updateSubscription(world, id, { pause_at_period_end: false, resumes_at: null });
}

/**
 * Resumes a paused subscription: a new period begins now, and is charged with the use of before the pause.
 *
 * @throws ApiError 409 for one that is not paused
 */
export function resumeSubscription(world: World, id: string): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  if (before.status !== "paused")
    throw polarError(409, "NotPausedSubscription", "This subscription is not paused.");
  const product = world.products.need(before.product_id);
  const start = world.clock.now();
  const anchor = dayOfMonth(start);
  const end = periodEnd(product, start, anchor);
  const terms = lapse(world, before, start);
  const used = before.unbilled_use ?? [];
  resetSubscriptionMeters(world, before);
  const subscription = updateSubscription(world, id, {
    status: "active",
    paused_at: null,
    resumes_at: null,
    unbilled_use: [],
    discount_id: terms.discount_id,
    discount_applied_at: terms.discount_applied_at,
    amount: recurringAmount(world, subscriptionPrices(world, before), terms),
    anchor_day: anchor,
    current_period_start: start,
    current_period_end: end,
    ...meterPeriod(product, start, anchor),
  });
  scheduleCycles(world, subscription);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
  placeOrder(world, subscription, "subscription_cycle", [
    ...takeEntries(world, subscription),
    ...renewalLines(world, subscription, start, end),
    ...used.filter(({ product_price_id }) => before.price_ids.includes(product_price_id ?? "")),
  ]);
  return subscription;
}

/** The date to resume at has come, unless it was moved or the subscription has ended meanwhile. */
export function resumeDue(world: World, id: string): void {
  const { status, resumes_at } = world.subscriptions.need(id);
  if (status === "paused" && resumes_at && resumes_at <= world.clock.now())
    resumeSubscription(world, id);
}
