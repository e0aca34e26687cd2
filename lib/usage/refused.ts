import "server-only";
import { and, asc, eq, isNotNull } from "drizzle-orm";
import { db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";

/** A use that Polar has refused for good: counted and charged nowhere. Its metadata is left out. */
export type RefusedUse = {
  id: string;
  workspaceId: string;
  name: string;
  units: number;
  occurredAt: Date;
  /** What Polar had against it, cut after 500 characters. */
  reason: string;
};

const listed = 200;

/** The oldest 200 uses that Polar has refused. */
export async function listRefusedUses(): Promise<RefusedUse[]> {
  const rows = await db()
    .select()
    .from(usageEvents)
    .where(isNotNull(usageEvents.rejectedReason))
    .orderBy(asc(usageEvents.occurredAt))
    .limit(listed);
  return rows.map(({ id, workspaceId, name, units, occurredAt, rejectedReason }) => ({
    id,
    workspaceId,
    name,
    units,
    occurredAt,
    reason: rejectedReason ?? "",
  }));
}

/**
 * Takes refused uses up again, once the cause is mended: they wait for Polar as when they were new, and count in the
 * window in which it takes them.
 *
 * @param id one of them; all when it is left out.
 * @returns how many wait again.
 */
export async function resendRefusedUses(id?: string): Promise<number> {
  return await db().transaction(async (tx) => {
    const waiting = await tx
      .update(usageEvents)
      .set({ rejectedReason: null, settledAt: null })
      .where(
        and(
          isNotNull(usageEvents.rejectedReason),
          id === undefined ? undefined : eq(usageEvents.id, id),
        ),
      )
      .returning({ id: usageEvents.id });
    if (waiting.length > 0) await enqueue(tx, "flush_usage", {});
    return waiting.length;
  });
}
