import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { logger } from "@/lib/observability/logger";
import { isNotFound, isUnavailable, polar } from "@/lib/polar";

/** Where Polar's invoice can be read, or why it cannot: somebody else's order, or none, is "unknown". */
export type Invoice = { url: string } | { missing: "unknown" | "not_made" | "unreachable" };

/** Polar's invoice of an order of the viewer's workspace. The address that Polar gives is good for a while only. */
export async function findInvoice(viewer: Viewer, orderId: string): Promise<Invoice> {
  const [order] = await db()
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.workspaceId, viewer.workspaceId)));
  if (!order) return { missing: "unknown" };
  try {
    const { url } = await polar().orders.invoice(order.id);
    return { url };
  } catch (error) {
    // Polar makes it a moment after the payment (server, order/endpoints.py: 404 until then).
    if (isNotFound(error)) return { missing: "not_made" };
    if (!isUnavailable(error)) throw error;
    logger.warn({ order_id: order.id, err: error }, "Polar could not be asked for an invoice");
    return { missing: "unreachable" };
  }
}
