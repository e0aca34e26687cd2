import type { models } from "@polar-sh/sdk/2026-10";
import { polarError } from "../http/errors.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { isUncancelable, requireCancelable } from "./cancellation.ts";
import { meteredLines } from "./metered.ts";
import { voidPendingOrders } from "./order-events.ts";
import { type Line, placeOrder } from "./orders.ts";
import { updateSubscription } from "./subscription-events.ts";

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
  if (usage.length > 0) placeOrder(world, subscription, "subscription_meter_cycle", usage);
  return subscription;
}
