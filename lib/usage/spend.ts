import "server-only";
import { and, eq } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { meter } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { readEntitlement } from "@/lib/billing/entitlements";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { enqueue } from "@/lib/jobs/enqueue";
import { balanceOf, type Counted, packUnitsOf } from "./balance";
import { countUsage } from "./count";
import { track } from "./track";

export type Spending =
  | { ok: true; remaining: number }
  | { ok: false; reason: "allowance" | "read_only"; remaining: number };

type Use = { workspaceId: string; units: number; idempotencyKey: string };

async function isKnown(executor: Executor, use: Use): Promise<boolean> {
  const [before] = await executor
    .select({ id: usageEvents.id })
    .from(usageEvents)
    .where(
      and(
        eq(usageEvents.workspaceId, use.workspaceId),
        eq(usageEvents.idempotencyKey, use.idempotencyKey),
      ),
    );
  return before !== undefined;
}

async function flushSoon(executor: Executor): Promise<void> {
  const runAt = new Date(Date.now() + 2_000);
  await enqueue(
    executor,
    "flush_usage",
    {},
    { key: "flush-usage", keyMode: "preserve_run_at", runAt },
  );
}

/** Writes the use down: what Polar's meter counts, and apart from it what the free allowance covers. */
async function record(
  executor: Executor,
  use: Use,
  entitlement: Entitlement,
  counted: Counted,
): Promise<void> {
  const packUnits = packUnitsOf(entitlement, counted, use.units);
  const billableUnits = entitlement.overage ? use.units : packUnits;
  const parts = [
    { units: use.units - billableUnits, billable: false, packUnits: 0 },
    { units: billableUnits, billable: true, packUnits },
  ].filter((part) => part.units > 0);
  for (const [index, part] of parts.entries())
    await track(executor, {
      ...part,
      workspaceId: use.workspaceId,
      name: meter.event,
      idempotencyKey: index === 0 ? use.idempotencyKey : `${use.idempotencyKey}#packs`,
    });
  if (billableUnits > 0) await flushSoon(executor);
}

/**
 * Takes `units` from what the workspace may use, and records the use, or refuses: in one transaction under
 * the workspace's lock, so that no two requests pass on the last unit. Packs are paid for apart and can be
 * used also where a missed payment has made the rest read-only.
 *
 * @param idempotencyKey names the piece of work; the same key again is the same use, counted once.
 */
export async function spend(
  workspaceId: string,
  units: number,
  idempotencyKey: string,
): Promise<Spending> {
  return await db().transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const entitlement = await readEntitlement(tx, workspaceId);
    const counted = await countUsage(tx, workspaceId, entitlement);
    const { remaining, hardLimit } = balanceOf(entitlement, counted);
    const use = { workspaceId, units, idempotencyKey };
    if (await isKnown(tx, use)) return { ok: true, remaining };
    if (hardLimit && remaining < units)
      return { ok: false, reason: entitlement.readOnly ? "read_only" : "allowance", remaining };
    await record(tx, use, entitlement, counted);
    return { ok: true, remaining: Math.max(0, remaining - units) };
  });
}
