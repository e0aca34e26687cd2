import { orderDue } from "../serializers/order.ts";
import type { OrderDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** Gives an order of which something was charged the next number of its customer's receipts. */
export function allocateReceipt(world: World, order: OrderDoc): OrderDoc {
  if (order.receipt_number || orderDue(order) <= 0) return order;
  const customer = world.customers.need(order.customer_id);
  const receipts = customer.receipts + 1;
  world.customers.patch(customer.id, { receipts });
  return world.orders.patch(order.id, {
    receipt_number: `RCPT-${customer.short_id}-${String(receipts).padStart(4, "0")}`,
    modified_at: world.clock.tick(),
  });
}
