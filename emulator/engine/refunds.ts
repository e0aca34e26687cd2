import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { refundable } from "../serializers/order.ts";
import { serializeRefund } from "../serializers/refund.ts";
import type { Metadata, OrderDoc, RefundDoc } from "../store/documents.ts";
import { addDays } from "../time.ts";
import type { World } from "../world.ts";
import { refundCourse } from "./cards.ts";
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

/** Days after which the bank has decided about a refund that it had not decided at once. */
const BANK_DAYS = 1;

/** Gives an order's money back, whole or in part. What was bought once is taken back where asked. */
export function refundOrder(world: World, wanted: NewRefund): RefundDoc {
  const order = world.orders.need(wanted.order_id);
  const { card } = world.customers.need(order.customer_id);
  const course = card ? refundCourse(card) : "succeeds";
  const refund = world.refunds.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    status: course === "pends" ? "pending" : "succeeded",
    reason: wanted.reason,
    amount: wanted.amount,
    tax_amount: taxOf(order, wanted.amount),
    currency: order.currency,
    order_id: order.id,
    subscription_id: order.subscription_id,
    customer_id: order.customer_id,
    revoke_benefits: wanted.revoke_benefits,
    metadata: wanted.metadata,
  });
  world.emitter.emit("refund.created", serializeRefund(world, refund));
  if (refund.status === "succeeded") giveBack(world, refund);
  if (wanted.revoke_benefits && !order.subscription_id)
    world.scheduler.soon({ kind: "grants.order", order_id: order.id, revoke: true });
  const settle = { kind: "refund.settle", refund_id: refund.id } as const;
  if (course === "succeeds") world.scheduler.soon(settle);
  else world.scheduler.at(addDays(world.clock.now(), BANK_DAYS), settle);
  return refund;
}

/** Changes what an order has given back, and with it its status. Negative amounts take it again. */
function addRefunded(world: World, orderId: string, amount: number, tax: number): OrderDoc {
  const order = world.orders.need(orderId);
  const refunded = order.refunded_amount + amount;
  const whole = order.net_amount + order.applied_balance_amount;
  return updateOrder(world, order.id, {
    refunded_amount: refunded,
    refunded_tax_amount: order.refunded_tax_amount + tax,
    status: refunded === 0 ? "paid" : refunded >= whole ? "refunded" : "partially_refunded",
  });
}

function giveBack(world: World, refund: RefundDoc): void {
  const { amount, tax_amount } = refund;
  const order = addRefunded(world, refund.order_id, amount, tax_amount);
  const { id, balance } = world.customers.need(order.customer_id);
  // Money that goes back is not left as credit too.
  if (balance > 0)
    world.customers.patch(id, { balance: balance - Math.min(balance, amount + tax_amount) });
  tellOrder(world, "refunded", order);
}

/**
 * The bank has answered: it confirms, or, for the cards that ask for it, decides at last what was pending
 * or takes back what had succeeded (server, refund/service.py, `update_from_stripe`).
 */
export function settleRefund(world: World, id: string): void {
  const before = world.refunds.need(id);
  const { card } = world.customers.need(before.customer_id);
  const fails = before.status === "succeeded" && card && refundCourse(card) === "fails";
  const refund = world.refunds.patch(id, {
    status: fails ? "failed" : "succeeded",
    modified_at: world.clock.tick(),
  });
  world.emitter.emit("refund.updated", serializeRefund(world, refund));
  if (before.status === "pending") giveBack(world, refund);
  if (fails) addRefunded(world, refund.order_id, -refund.amount, -refund.tax_amount);
}
