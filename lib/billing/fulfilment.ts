import "server-only";
import { eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { orders } from "@/db/schema";
import { queueEmail } from "@/lib/email/queue";
import type { OrderConfirmation } from "@/lib/email/templates/order-words";
import { logger } from "@/lib/observability/logger";
import { isHistory } from "./history";
import { formatMoney } from "./money";
import { once, ownerOf } from "./side-effects";

/** Under which key an order's fulfilment is recorded. */
export const orderFulfilledKey = (orderId: string) => `order-fulfilled:${orderId}`;

/** What credit has paid of an order, or what was owed from before; null where the total was charged. */
function balanceOf(order: typeof orders.$inferSelect): OrderConfirmation["balance"] {
  const { appliedBalanceAmount: applied, dueAmount, currency } = order;
  if (applied === 0 || order.totalAmount <= 0) return null;
  return {
    isCredit: applied < 0,
    amount: formatMoney(Math.abs(applied), currency),
    due: dueAmount > 0 ? formatMoney(dueAmount, currency) : null,
  };
}

/**
 * What follows once from an order that is paid: the confirmation mail and the log line. Called for every
 * snapshot of an order; acts at the first that shows it paid, also when a refund was seen before. Access
 * follows from state, not from here. Nothing is mailed for orders of nothing, such as a trial's, nor for
 * those of before the workspace was there: a Polar customer who is linked to it brings old ones along.
 */
export async function fulfilOrder(executor: Executor, orderId: string): Promise<void> {
  const [order] = await executor.select().from(orders).where(eq(orders.id, orderId));
  if (!order?.paid || !order.workspaceId) return;
  if (!(await once(executor, orderFulfilledKey(order.id)))) return;
  // A refund that came later has moved the version; otherwise that is when it was paid.
  if (await isHistory(executor, order.status === "paid" ? order.versionAt : order.placedAt)) return;
  const owner = await ownerOf(executor, order.workspaceId);
  logger.info(
    {
      order_id: order.id,
      user_id: owner?.id ?? null,
      amount: order.totalAmount,
      billing_reason: order.billingReason,
    },
    "Order paid",
  );
  if (!owner || order.totalAmount === 0 || new Date(order.placedAt) < owner.since) return;
  await queueEmail(executor, {
    key: `order-confirmation:${order.id}`,
    workspaceId: order.workspaceId,
    recipient: owner.email,
    template: "order-confirmation",
    props: {
      orderId: order.id,
      billingReason: order.billingReason,
      description: order.description,
      total: formatMoney(Math.abs(order.totalAmount), order.currency),
      isCredit: order.totalAmount < 0,
      balance: balanceOf(order),
      number: order.invoiceNumber,
    },
  });
}
