import type { OrderDoc, SubscriptionDoc } from "../store/documents.ts";
import { addDays, addSeconds } from "../time.ts";
import type { World } from "../world.ts";
import { tellOrder, updateOrder, voidPendingOrders } from "./order-events.ts";
import { updateSubscription } from "./subscription-events.ts";

/** Days from each failed charge to the next attempt: 2, 7, 14 and 21 after the first. */
const RETRY_INTERVALS = [2, 5, 7, 7];
const RETRY_DAYS = RETRY_INTERVALS.reduce((sum, days) => sum + days, 0);

/** A charge failed: the subscription is past due. */
function setPastDue(world: World, id: string): void {
  const subscription = world.subscriptions.need(id);
  if (subscription.status === "past_due") return;
  updateSubscription(world, id, {
    status: "past_due",
    past_due_at: subscription.past_due_at ?? world.clock.now(),
  });
}

/** The last charge failed: the subscription is over, and what it owes is given up. */
function revokeForNonPayment(world: World, id: string): void {
  const at = world.clock.now();
  updateSubscription(world, id, {
    status: "canceled",
    canceled_at: at,
    ends_at: at,
    ended_at: at,
  });
  voidPendingOrders(world, id);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
}

/** Whether a subscription has been past due for longer than charges are tried again. */
function isGivenUp(world: World, { subscription_id, payment_attempts }: OrderDoc): boolean {
  const since = world.subscriptions.get(subscription_id)?.past_due_at;
  if (payment_attempts <= 1 || !since) return false;
  return addSeconds(addDays(since, RETRY_DAYS), 60) < world.clock.now();
}

/** Notes a failed charge, to be tried again on its days. */
export function chargeFailed(world: World, before: OrderDoc): OrderDoc {
  const order = world.orders.patch(before.id, { payment_attempts: before.payment_attempts + 1 });
  const subscription = world.subscriptions.get(order.subscription_id);
  if (!subscription) return order;
  return order.billing_reason === "subscription_meter_cycle"
    ? overageFailed(world, order)
    : renewalFailed(world, order, subscription);
}

/** Use that is charged between renewals is given up in the end: a plan paid ahead is not lost by it. */
function overageFailed(world: World, order: OrderDoc): OrderDoc {
  const days = RETRY_INTERVALS[order.payment_attempts - 1];
  return days === undefined
    ? updateOrder(world, order.id, { status: "void", next_payment_attempt_at: null })
    : retryLater(world, order, days);
}

/** The subscription is past due, and over with the last attempt. */
function renewalFailed(world: World, order: OrderDoc, { id, ended_at }: SubscriptionDoc): OrderDoc {
  if (ended_at) return world.orders.patch(order.id, { next_payment_attempt_at: null });
  const days = RETRY_INTERVALS[order.payment_attempts - 1];
  if (days === undefined || isGivenUp(world, order)) {
    world.orders.patch(order.id, { next_payment_attempt_at: null });
    revokeForNonPayment(world, id);
    return world.orders.need(order.id);
  }
  setPastDue(world, id);
  // Asked with each attempt: benefits are kept for as long as the organization grants grace.
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
  return retryLater(world, order, days);
}

function retryLater(world: World, order: OrderDoc, days: number): OrderDoc {
  const next = addDays(world.clock.now(), days);
  world.scheduler.at(next, { kind: "order.charge", order_id: order.id });
  const changed = world.orders.patch(order.id, {
    next_payment_attempt_at: next,
    modified_at: world.clock.tick(),
  });
  if (order.payment_attempts === 1 && !world.customers.need(order.customer_id).card)
    tellOrder(world, "updated", changed);
  return changed;
}
