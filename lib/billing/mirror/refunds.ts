import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { refunds } from "@/db/schema";
import { audit, type StoredRow } from "./audit";

/** An order brings along the refunds that came before it: they carry no external id of their own. */
export async function adoptRefunds(
  executor: Executor,
  order: StoredRow,
  source: string,
): Promise<void> {
  if (!order.workspaceId) return;
  const adopted = await executor
    .update(refunds)
    .set({ workspaceId: order.workspaceId })
    .where(and(eq(refunds.orderId, order.id), isNull(refunds.workspaceId)))
    .returning();
  for (const refund of adopted)
    await audit(executor, "refund", { ...refund, workspaceId: null }, refund, source);
}
