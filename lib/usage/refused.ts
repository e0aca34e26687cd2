import "server-only";
import { and, asc, eq, isNotNull } from "drizzle-orm";
import { db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { enqueue } from "@/lib/jobs/enqueue";
import { lockedWorkspace } from "@/lib/workspaces";
import { balanceOf } from "./balance";
import { countUsage } from "./count";
import { splitOf } from "./insert";

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

type Row = { id: string; workspaceId: string; units: number };

/**
 * Has one wait for Polar again, told apart anew: while it was refused the customer was given its units once more. What a
 * trial or a spending cap has no room for by now is counted, and Polar does not hear of it.
 */
async function takeUp({ id, workspaceId, units }: Row): Promise<boolean> {
  return await lockedWorkspace(workspaceId, async (tx) => {
    const entitlement = await readEntitlement(tx, workspaceId);
    const counted = await countUsage(tx, workspaceId, entitlement);
    const { available } = balanceOf(entitlement, counted);
    const split = splitOf(entitlement, counted, units);
    const unpayable = available === null ? 0 : Math.max(0, units - available);
    const keptUnits = entitlement.isMetered ? Math.max(split.keptUnits, unpayable) : 0;
    const [taken] = await tx
      .update(usageEvents)
      .set({
        rejectedReason: null,
        settledAt: null,
        packUnits: split.packUnits,
        keptUnits,
        billableUnits: entitlement.isMetered ? units - keptUnits : split.billableUnits,
      })
      .where(and(eq(usageEvents.id, id), isNotNull(usageEvents.rejectedReason)))
      .returning({ id: usageEvents.id });
    if (taken) await enqueue(tx, "flush_usage", {}, { key: "flush-usage-again" });
    return taken !== undefined;
  });
}

/**
 * Takes refused uses up again, earliest first, once the cause is mended: they wait for Polar as when they were new, and
 * count in the window in which it takes them. No customer is charged beyond a trial or a spending cap by it.
 *
 * @param id one of them; all when it is left out.
 * @returns how many wait again.
 */
export async function resendRefusedUses(id?: string): Promise<number> {
  const refused = await db()
    .select({ id: usageEvents.id, workspaceId: usageEvents.workspaceId, units: usageEvents.units })
    .from(usageEvents)
    .where(
      and(
        isNotNull(usageEvents.rejectedReason),
        id === undefined ? undefined : eq(usageEvents.id, id),
      ),
    )
    .orderBy(asc(usageEvents.occurredAt));
  let waiting = 0;
  for (const row of refused) if (await takeUp(row)) waiting++;
  return waiting;
}
