import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema";

/** An order for people. Amounts in minor units of `currency`, tax included. */
export type OrderSummary = {
  id: string;
  number: string | null;
  createdAt: Date;
  description: string;
  status: "pending" | "paid" | "refunded" | "partially_refunded" | "void";
  total: number;
  /** What of it credit of the workspace has paid. */
  fromCredit: number;
  refunded: number;
  currency: string;
};

const known = new Set<string>(["pending", "paid", "refunded", "partially_refunded", "void"]);

function isKnown(status: string): status is OrderSummary["status"] {
  return known.has(status);
}

/** A workspace's newest 100 orders, newest first. */
export async function listOrders(workspaceId: string): Promise<OrderSummary[]> {
  const rows = await db()
    .select()
    .from(orders)
    .where(and(eq(orders.workspaceId, workspaceId), isNull(orders.deletedAt)))
    .orderBy(desc(orders.placedAt))
    .limit(100);
  return rows.map((row) => ({
    id: row.id,
    number: row.invoiceNumber,
    createdAt: new Date(row.placedAt),
    description: row.description,
    status: isKnown(row.status) ? row.status : "pending",
    total: row.totalAmount,
    fromCredit: Math.max(0, -row.appliedBalanceAmount),
    refunded: row.refundedAmount + row.refundedTaxAmount,
    currency: row.currency,
  }));
}
