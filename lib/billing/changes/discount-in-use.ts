import "server-only";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { orders, type subscriptions } from "@/db/schema";
import type { Discount } from "./discount";

type Row = typeof subscriptions.$inferInsert;

/** When an order of the subscription was first given the discount: Polar does not say it of a subscription. */
async function usedSince(executor: Executor, row: Row): Promise<Date | null> {
  const { id, discountId, workspaceId } = row;
  if (!discountId || !workspaceId) return null;
  const [first] = await executor
    .select({ at: orders.placedAt })
    .from(orders)
    .where(
      and(
        eq(orders.workspaceId, workspaceId),
        eq(orders.subscriptionId, id),
        eq(orders.discountId, discountId),
        gt(orders.discountAmount, 0),
      ),
    )
    .orderBy(asc(orders.placedAt))
    .limit(1);
  return first ? new Date(first.at) : null;
}

/** The discount of a mirrored subscription, or null. */
export async function discountOf(executor: Executor, row: Row): Promise<Discount | null> {
  const { discountBasisPoints: basisPoints, discountAmount: amount } = row;
  if (!basisPoints && !amount) return null;
  const terms = {
    duration: row.discountDuration ?? "",
    months: row.discountMonths ?? null,
    usedSince: await usedSince(executor, row),
  };
  return basisPoints
    ? { type: "percentage", basisPoints, ...terms }
    : { type: "fixed", amount: amount ?? 0, ...terms };
}
