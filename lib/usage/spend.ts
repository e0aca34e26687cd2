import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { meter } from "@/lib/billing/catalog";
import { readEntitlement } from "@/lib/billing/entitlements";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { enqueue } from "@/lib/jobs/enqueue";
import { readBalance } from "./balance";
import { track } from "./track";

export type Spending =
  | { ok: true; remaining: number }
  | { ok: false; reason: "allowance" | "read_only"; remaining: number };

/**
 * Takes `units` from what the workspace may use, and records the use, or refuses: in one transaction under
 * the workspace's lock, so that no two requests pass on the last unit.
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
    const balance = await readBalance(tx, workspaceId, entitlement);
    const { remaining } = balance;
    const [before] = await tx
      .select({ id: usageEvents.id })
      .from(usageEvents)
      .where(
        and(
          eq(usageEvents.workspaceId, workspaceId),
          eq(usageEvents.idempotencyKey, idempotencyKey),
        ),
      );
    if (before) return { ok: true, remaining };
    if (entitlement.readOnly) return { ok: false, reason: "read_only", remaining: 0 };
    if (balance.hardLimit && remaining < units)
      return { ok: false, reason: "allowance", remaining };
    const billable = !balance.hardLimit || balance.freeRemaining < units;
    await track(tx, { workspaceId, name: meter.event, units, billable, idempotencyKey });
    if (billable) {
      const soon = new Date(Date.now() + 2_000);
      await enqueue(
        tx,
        "flush_usage",
        {},
        { key: "flush-usage", keyMode: "preserve_run_at", runAt: soon },
      );
    }
    return { ok: true, remaining: Math.max(0, remaining - units) };
  });
}
