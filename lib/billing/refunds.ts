import "server-only";
import { eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { orders, refunds } from "@/db/schema";
import { queueEmail } from "@/lib/email/queue";
import { logger } from "@/lib/observability/logger";
import { isHistory } from "./history";
import { formatMoney } from "./money";
import { once, ownerOf } from "./side-effects";

type Refund = typeof refunds.$inferSelect;
type Order = typeof orders.$inferSelect;

/** Under which key a refund's confirmation is recorded. */
export const refundConfirmedKey = (refundId: string) => `refund-confirmed:${refundId}`;

async function confirmRefund(executor: Executor, refund: Refund, order: Order): Promise<void> {
  if (refund.status !== "succeeded" || !refund.workspaceId) return;
  if (!(await once(executor, refundConfirmedKey(refund.id)))) return;
  if (await isHistory(executor, refund.versionAt)) return;
  const owner = await ownerOf(executor, refund.workspaceId);
  const back = refund.amount + refund.taxAmount;
  logger.info(
    { refund_id: refund.id, order_id: order.id, user_id: owner?.id, amount: back },
    "Order refunded",
  );
  if (!owner || new Date(refund.versionAt) < owner.since) return;
  await queueEmail(executor, {
    key: `refund:${refund.id}`,
    workspaceId: refund.workspaceId,
    recipient: owner.email,
    template: "refund",
    props: {
      orderId: order.id,
      description: order.description,
      amount: formatMoney(back, refund.currency),
      total: formatMoney(order.totalAmount, order.currency),
      isPartial: back < order.totalAmount,
      ofSubscription: order.subscriptionId !== null,
      number: order.invoiceNumber,
    },
  });
}

/**
 * What follows once from each refund of an order that has succeeded: the mail that says so, and the log
 * line. Called for every snapshot of an order and of a refund, whichever comes first; one that waits for
 * the bank or failed is not told of. What a refund takes away follows from state, not from here.
 */
export async function confirmRefunds(executor: Executor, orderId: string): Promise<void> {
  const [order] = await executor.select().from(orders).where(eq(orders.id, orderId));
  if (!order) return;
  const given = await executor.select().from(refunds).where(eq(refunds.orderId, orderId));
  for (const refund of given) await confirmRefund(executor, refund, order);
}
