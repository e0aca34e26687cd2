import "server-only";
import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { usageReservations } from "@/db/schema";
import { sameUnits, type Use } from "./use";

const ofKey = ({ workspaceId, idempotencyKey }: Use): SQL | undefined =>
  and(
    eq(usageReservations.workspaceId, workspaceId),
    eq(usageReservations.idempotencyKey, idempotencyKey),
  );

/**
 * Whether units are held under the use's key, by whomever. The clock is read anew: a transaction's own moment may be from
 * long before it had the workspace's lock.
 *
 * @throws {UsageEventError} when it is another number of units.
 */
export async function isHeld(executor: Executor, use: Use): Promise<boolean> {
  const [held] = await executor
    .select({ units: usageReservations.units })
    .from(usageReservations)
    .where(and(ofKey(use), gt(usageReservations.expiresAt, sql`clock_timestamp()`)))
    .limit(1);
  if (held) sameUnits(held.units, use.units);
  return held !== undefined;
}

/** Holds the use's units for so many seconds, and names the holder. */
export async function hold(
  executor: Executor,
  { workspaceId, idempotencyKey, units }: Use,
  seconds: number,
): Promise<string> {
  const holder = crypto.randomUUID();
  await executor.insert(usageReservations).values({
    workspaceId,
    idempotencyKey,
    holder,
    units,
    expiresAt: sql`clock_timestamp() + ${seconds} * interval '1 second'` as never,
  });
  return holder;
}

/** Ends what one holder holds, or all of a key when none is named. */
export async function endHolds(executor: Executor, use: Use, holder?: string): Promise<void> {
  await executor
    .delete(usageReservations)
    .where(and(ofKey(use), holder ? eq(usageReservations.holder, holder) : undefined));
}
