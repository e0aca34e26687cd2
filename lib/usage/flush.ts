import "server-only";
import { inArray, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { meter } from "@/lib/billing/catalog";
import { logger } from "@/lib/observability/logger";
import { isInvalid, polar } from "@/lib/polar";

const batchSize = 200;

type Row = typeof usageEvents.$inferSelect;

function isAheadOfPolar(error: unknown): boolean {
  return JSON.stringify(error).includes("timestamp");
}

async function ingest(rows: readonly Row[]): Promise<void> {
  await polar().events.ingest({
    events: rows.map((row) => ({
      name: row.name,
      external_id: row.id,
      external_customer_id: row.workspaceId,
      timestamp: row.occurredAt.toISOString(),
      metadata: { [meter.property]: row.units },
    })),
  });
}

/**
 * Sends `rows`, halving a batch that Polar refuses until the bad row stands alone: that one is set aside
 * with its reason, except an event stamped ahead of Polar's clock, which waits for the next run.
 */
async function send(executor: Executor, rows: readonly Row[]): Promise<void> {
  const ids = rows.map((row) => row.id);
  try {
    await ingest(rows);
    await executor
      .update(usageEvents)
      .set({ sentAt: sql`now()` })
      .where(inArray(usageEvents.id, ids));
  } catch (error) {
    if (!isInvalid(error)) throw error;
    if (rows.length > 1) {
      const middle = Math.ceil(rows.length / 2);
      await send(executor, rows.slice(0, middle));
      await send(executor, rows.slice(middle));
    } else if (!isAheadOfPolar(error)) {
      logger.error({ usage_event: ids[0], err: error }, "Polar refused a usage event");
      await executor
        .update(usageEvents)
        .set({ rejectedReason: String(error).slice(0, 500) })
        .where(inArray(usageEvents.id, ids));
    }
  }
}

/**
 * Sends what waits in the outbox to Polar. Rows are held while they are sent, so several workers never
 * send the same; should one die before it marks them, they are sent again and Polar knows them by their id.
 */
export async function flushUsage(): Promise<void> {
  for (;;) {
    const sent = await db().transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(usageEvents)
        .where(sql`billable and sent_at is null and rejected_reason is null`)
        .orderBy(usageEvents.occurredAt)
        .limit(batchSize)
        .for("update", { skipLocked: true });
      if (rows.length > 0) await send(tx, rows);
      return rows.length;
    });
    if (sent < batchSize) return;
  }
}
