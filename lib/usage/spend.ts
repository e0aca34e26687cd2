import "server-only";
import type { EventMetadata, EventName } from "@/lib/billing/catalog-events";
import { metrics } from "@/lib/observability/metrics/process";
import { changeWorkspace } from "@/lib/workspaces";
import { endHolds, isHeld } from "./holds";
import { insertCounted } from "./insert";
import { flushSoon } from "./nudge";
import { type Refusal, refusalOf, remainingAfter, standingFor } from "./standing";
import { readUse, type Use, type UseOptions } from "./use";

/** `remaining` is what is left of the allowance and of packs, in units. */
export type Spending = { ok: true; remaining: number } | Refusal;

/** Records a use that has been checked, or refuses it. What was reserved for it is its own. */
export async function spendUse(use: Use): Promise<Spending> {
  const spending = await changeWorkspace(use.workspaceId, async (tx): Promise<Spending> => {
    const wasHeld = await isHeld(tx, use);
    if (wasHeld) await endHolds(tx, use);
    const standing = await standingFor(tx, use);
    if (standing.isKnown) return { ok: true, remaining: remainingAfter(standing, 0) };
    const refusal = wasHeld ? null : refusalOf(standing, use.units);
    if (refusal) return refusal;
    await insertCounted(tx, use, standing.entitlement, standing.counted);
    return { ok: true, remaining: remainingAfter(standing, use.units) };
  });
  if (spending.ok) await flushSoon();
  else metrics().denials.inc({ reason: spending.reason });
  return spending;
}

/**
 * Takes units from what the workspace may use, and records the use, or refuses: in one transaction under the
 * workspace's lock, so that no two requests pass on the last unit. For work that takes a while, or may fail, there is
 * `reserve()`. Packs are paid for apart and can be used also where a missed payment has made the rest read-only.
 *
 * @throws {UsageEventError} as `track()` does.
 */
export async function spend<Name extends EventName>(
  workspaceId: string,
  name: Name,
  metadata: EventMetadata<Name>,
  options: UseOptions,
): Promise<Spending> {
  return await spendUse(readUse(workspaceId, name, metadata, options));
}
