import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { refundable } from "../serializers/order.ts";
import { serializeRefund } from "../serializers/refund.ts";
import type { Metadata, OrderDoc, RefundDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { tellOrder, updateOrder } from "./order-events.ts";
import { roundHalfEven } from "./rounding.ts";

interface NewRefund {
  order_id: string;
  reason: models.RefundReason;
  /** In minor units of the order's currency, without the tax that is given back along with it. */
  amount: number;
  revoke_benefits: boolean;
  metadata: Metadata;
}

/** The tax that belongs to a part of an order's net amount; the last part takes what is left of it. */
function taxOf(order: OrderDoc, amount: number): number {
  const left = refundable(order);
  if (amount === left.amount) return left.tax;
  if (order.tax_amount <= 0) return 0;
  return Math.min(roundHalfEven(amount * (order.tax_amount / order.net_amount)), left.tax);
}

/** Gives an order's money back, whole or in part. What was bought once is taken back where asked. */
export function refundOrder(world: World, wanted: NewRefund): RefundDoc {
  const order = world.orders.need(wanted.order_id);
  const tax_amount = taxOf(order, wanted.amount);
  const refund = world.refunds.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    status: "succeeded",
    reason: wanted.reason,
    amount: wanted.amount,
    tax_amount,
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
    refunded_tax_amount: order.refunded_tax_amount + tax_amount,
    status:
      refunded >= order.net_amount + order.applied_balance_amount
        ? "refunded"
        : "partially_refunded",
  });
  const { id, balance } = world.customers.need(order.customer_id);
  // Money that goes back is not left as credit too.
  if (balance > 0)
    world.customers.patch(id, {
      balance: balance - Math.min(balance, wanted.amount + tax_amount),
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
