import { orderDue } from "../serializers/order.ts";
import type { OrderDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { cardPays } from "./cards.ts";
import { chargeFailed } from "./dunning.ts";
import { settleMeterCycle } from "./meter-cycle.ts";
import { settled } from "./orders.ts";
import { SMALLEST_CHARGE } from "./prices.ts";
import { tellChange } from "./subscription-events.ts";

/** Whether an order is given on credit until the next one, as no card takes so little. */
export function isTooSmallToCharge(order: OrderDoc): boolean {
  return orderDue(order) < SMALLEST_CHARGE;
}

/** Charges a pending order to the customer's card. */
export function chargeOrder(world: World, orderId: string): void {
  const order = world.orders.need(orderId);
  if (order.status !== "pending") return;
  const isRetry = order.next_payment_attempt_at !== null;
  if (isRetry && world.subscriptions.get(order.subscription_id)?.status === "canceled") {
    world.orders.patch(order.id, { next_payment_attempt_at: null });
    return;
  }
  const customer = world.customers.need(order.customer_id);
  const isTooSmall = isTooSmallToCharge(order);
  if (!customer.card || !(isTooSmall || cardPays(customer.card))) {
    chargeFailed(world, order);
    return;
  }
  if (isTooSmall)
    world.customers.patch(customer.id, { balance: customer.balance - orderDue(order) });
  if (!owesOther(world, order)) recoverSubscription(world, order.subscription_id);
  const paid = world.orders.patch(order.id, {
    status: "paid",
    next_payment_attempt_at: null,
    modified_at: world.clock.tick(),
  });
  settled(world, paid);
}

/** Whether another order of the same subscription waits for its next attempt. */
function owesOther(world: World, { id, subscription_id }: OrderDoc): boolean {
  if (!subscription_id) return false;
  return world.orders
    .where("subscription_id", subscription_id)
    .some(
      (other) =>
        other.id !== id && other.status === "pending" && other.next_payment_attempt_at !== null,
    );
}

/** A charge went through at last: the subscription is active again, and what was used meanwhile is charged. */
function recoverSubscription(world: World, id: string | null): void {
  const before = world.subscriptions.get(id);
  if (before?.status !== "past_due") return;
  const active = world.subscriptions.patch(before.id, {
    status: "active",
    past_due_at: null,
    modified_at: world.clock.tick(),
  });
  settleMeterCycle(world, active);
  tellChange(world, before, world.subscriptions.need(active.id));
}
