import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { type MirrorKind, mirrored, tableOf } from "@/lib/billing/mirror/rows";

/** Polar's ids of all customers that a workspace has had, as far as its mirrored objects tell. */
export async function customerIdsOf(executor: Executor, workspaceId: string): Promise<string[]> {
  const ids = new Set<string>();
  for (const kind of Object.keys(mirrored) as MirrorKind[]) {
    const table = tableOf(kind);
    const rows = await executor
      .select({ id: table.customerId })
      .from(table)
      .where(and(eq(table.workspaceId, workspaceId), isNotNull(table.customerId)))
      .groupBy(table.customerId);
    for (const { id } of rows) if (id) ids.add(id);
  }
  return [...ids];
}
