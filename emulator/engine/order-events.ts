import { isPaid, serializeOrder } from "../serializers/order.ts";
import type { OrderDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** Tells of an order as it is now. */
export function tellOrder(
  world: World,
  what: "created" | "updated" | "paid" | "refunded",
  order: OrderDoc,
): void {
  world.emitter.emit(`order.${what}`, serializeOrder(world, order));
}

/** Changes an order and tells of it. */
export function updateOrder(world: World, id: string, changes: Partial<OrderDoc>): OrderDoc {
  const order = world.orders.patch(id, { ...changes, modified_at: world.clock.tick() });
  tellOrder(world, "updated", order);
  return order;
}

/** Gives up what a subscription still owes. */
export function voidPendingOrders(world: World, subscriptionId: string): void {
  for (const order of world.orders.where("subscription_id", subscriptionId))
    if (order.status === "pending")
      updateOrder(world, order.id, { status: "void", next_payment_attempt_at: null });
}

/** Makes the invoice of a paid order, once. */
export function generateInvoice(world: World, orderId: string): void {
  const order = world.orders.need(orderId);
  if (isPaid(order) && !order.is_invoice_generated)
    updateOrder(world, order.id, { is_invoice_generated: true });
}
