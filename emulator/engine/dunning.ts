import type { World } from "../world.ts";
import { voidPendingOrders } from "./order-events.ts";
import { updateSubscription } from "./subscription-events.ts";

/** A charge failed: the subscription is past due, and its benefits are taken back. */
export function setPastDue(world: World, id: string): void {
  const subscription = world.subscriptions.need(id);
  if (subscription.status === "past_due" || subscription.ended_at) return;
  updateSubscription(world, id, {
    status: "past_due",
    past_due_at: subscription.past_due_at ?? world.clock.now(),
  });
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
}

/** A charge went through at last: the subscription is active again. */
export function recoverSubscription(world: World, id: string | null): void {
  if (world.subscriptions.get(id)?.status !== "past_due") return;
  if (id) updateSubscription(world, id, { status: "active", past_due_at: null });
}

/** The last charge failed: the subscription is over, and what it owes is given up. */
export function revokeForNonPayment(world: World, id: string): void {
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
