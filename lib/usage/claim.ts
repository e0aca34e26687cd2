import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { usageEvents } from "@/db/schema";

export type ClaimedUse = typeof usageEvents.$inferSelect;

/**
 * Takes up to `limit` uses that wait for Polar, earliest first, for two minutes: longer than sending them takes. No
 * transaction is open meanwhile. Whoever dies leaves them to the next worker after that.
 */
export async function claimUses(limit: number, workspaceId?: string): Promise<ClaimedUse[]> {
  return await db().transaction(async (tx) => {
    const due = await tx
      .select({ id: usageEvents.id })
      .from(usageEvents)
      .where(
        and(
          sql`settled_at is null and billable_units > 0 and (claimed_until is null or claimed_until < now())`,
          workspaceId === undefined ? undefined : eq(usageEvents.workspaceId, workspaceId),
        ),
      )
      .orderBy(usageEvents.occurredAt)
      .limit(limit)
      .for("update", { skipLocked: true });
    if (due.length === 0) return [];
    const ids = due.map(({ id }) => id);
    const claimed = await tx
      .update(usageEvents)
      .set({ claimedUntil: sql`now() + interval '2 minutes'` })
      .where(inArray(usageEvents.id, ids))
      .returning();
    return claimed.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  });
}

/** Gives back what was claimed and neither taken by Polar nor set aside. */
export async function releaseUses(uses: readonly ClaimedUse[]): Promise<void> {
  const ids = uses.map(({ id }) => id);
  await db()
    .update(usageEvents)
    .set({ claimedUntil: null })
    .where(and(inArray(usageEvents.id, ids), isNull(usageEvents.settledAt)));
}

/** Sets a use aside that Polar refuses for good. */
export async function parkUse({ id }: ClaimedUse, reason: string): Promise<void> {
  await db()
    .update(usageEvents)
    .set({ rejectedReason: reason.slice(0, 500), settledAt: sql`now()`, claimedUntil: null })
    .where(and(eq(usageEvents.id, id), isNull(usageEvents.settledAt)));
}
