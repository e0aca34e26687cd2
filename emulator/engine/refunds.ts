import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { orderTotal } from "../serializers/order.ts";
import { serializeRefund } from "../serializers/refund.ts";
import type { Metadata, RefundDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { tellOrder, updateOrder } from "./order-events.ts";

interface NewRefund {
  order_id: string;
  reason: models.RefundReason;
  /** In minor units of the order's currency. */
  amount: number;
  revoke_benefits: boolean;
  metadata: Metadata;
}

/** Gives an order's money back, whole or in part. What was bought once is taken back where asked. */
export function refundOrder(world: World, wanted: NewRefund): RefundDoc {
  const order = world.orders.need(wanted.order_id);
  const refund = world.refunds.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    status: "succeeded",
    reason: wanted.reason,
    amount: wanted.amount,
    currency: order.currency,
    order_id: order.id,
    subscription_id: order.subscription_id,
    customer_id: order.customer_id,
    revoke_benefits: wanted.revoke_benefits,
    metadata: wanted.metadata,
  });
  world.emitter.emit("refund.created", serializeRefund(world, refund));
  const refunded = order.refunded_amount + wanted.amount;
  const after = updateOrder(world, order.id, {
    refunded_amount: refunded,
    status: refunded >= orderTotal(order) ? "refunded" : "partially_refunded",
  });
  tellOrder(world, "refunded", after);
  if (wanted.revoke_benefits && !order.subscription_id)
    world.scheduler.soon({ kind: "grants.order", order_id: order.id, revoke: true });
  world.scheduler.soon({ kind: "refund.settle", refund_id: refund.id });
  return refund;
}

/** The bank has confirmed what was refunded. */
export function settleRefund(world: World, id: string): void {
  const refund = world.refunds.patch(id, { modified_at: world.clock.tick() });
  world.emitter.emit("refund.updated", serializeRefund(world, refund));
}
