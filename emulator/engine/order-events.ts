import { isDeepStrictEqual } from "node:util";
import { serializeOrder } from "../serializers/order.ts";
import type { InvoicedTo, OrderDoc } from "../store/documents.ts";
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

/** To whom an order's invoice is made out now. */
export function invoicedTo(world: World, order: OrderDoc): InvoicedTo {
  const { email, tax_id } = world.customers.need(order.customer_id);
  return {
    name: order.billing_name,
    address: order.billing_address,
    email,
    tax_id: tax_id ?? null,
  };
}

/** Makes an order's invoice, or makes it anew where it is to be made out otherwise. */
export function generateInvoice(world: World, orderId: string): void {
  const order = world.orders.need(orderId);
  if (order.status === "draft" || order.status === "void") return;
  const invoiced_to = invoicedTo(world, order);
  if (order.is_invoice_generated && isDeepStrictEqual(order.invoiced_to, invoiced_to)) return;
  updateOrder(world, order.id, { is_invoice_generated: true, invoiced_to });
}
