import "server-only";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
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

/** How many rows are dealt with, and whether one is ahead of Polar's clock. */
type Outcome = { settled: number; isAhead: boolean };

/**
 * Sends `rows`, earliest first, halving a batch that Polar refuses until the bad row stands alone: that one
 * is set aside with its reason. An event stamped ahead of Polar's clock waits for a later run instead, and
 * with it all that come after it, which are further ahead.
 */
async function send(executor: Executor, rows: readonly Row[]): Promise<Outcome> {
  const ids = rows.map((row) => row.id);
  const settle = async (values: Partial<typeof usageEvents.$inferInsert> | { sentAt: SQL }) => {
    await executor.update(usageEvents).set(values).where(inArray(usageEvents.id, ids));
    return { settled: rows.length, isAhead: false };
  };
  try {
    await ingest(rows);
    return await settle({ sentAt: sql`now()` });
  } catch (error) {
    if (!isInvalid(error)) throw error;
    if (rows.length > 1) return await sendHalves(executor, rows);
    if (isAheadOfPolar(error)) return { settled: 0, isAhead: true };
    logger.error({ usage_event: ids[0], err: error }, "Polar refused a usage event");
    return await settle({ rejectedReason: String(error).slice(0, 500) });
  }
}

async function sendHalves(executor: Executor, rows: readonly Row[]): Promise<Outcome> {
  const middle = Math.ceil(rows.length / 2);
  const first = await send(executor, rows.slice(0, middle));
  if (first.isAhead) return first;
  const second = await send(executor, rows.slice(middle));
  return { settled: first.settled + second.settled, isAhead: second.isAhead };
}

/**
 * Sends what waits in the outbox to Polar. Rows are held while they are sent, so several workers never
 * send the same; should one die before it marks them, they are sent again and Polar knows them by their id.
 *
 * @param workspaceId sends this one's alone, and waits for what somebody else is sending.
 */
export async function flushUsage(workspaceId?: string): Promise<void> {
  for (;;) {
    const settled = await db().transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(usageEvents)
        .where(
          and(
            sql`billable and sent_at is null and rejected_reason is null`,
            workspaceId === undefined ? undefined : eq(usageEvents.workspaceId, workspaceId),
          ),
        )
        .orderBy(usageEvents.occurredAt)
        .limit(batchSize)
        .for("update", workspaceId === undefined ? { skipLocked: true } : {});
      return rows.length > 0 ? (await send(tx, rows)).settled : 0;
    });
    if (settled < batchSize) return;
  }
}
