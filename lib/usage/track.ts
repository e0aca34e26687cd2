import "server-only";
import { db } from "@/db/client";
import type { EventMetadata, EventName } from "@/lib/billing/catalog-events";
import { changeWorkspace } from "@/lib/workspaces";
import { insertCounted, insertMetered, keyOf } from "./insert";
import { flushSoon } from "./nudge";
import { standingFor } from "./standing";
import { readUse, type Use, type UseOptions } from "./use";

async function storeCounted(use: Use): Promise<void> {
  await changeWorkspace(use.workspaceId, async (tx) => {
    const { entitlement, counted, isKnown } = await standingFor(tx, use);
    if (!isKnown) await insertCounted(tx, use, entitlement, counted);
  });
}

/**
 * Stores uses: in one INSERT what a metered plan pays for, and apart from it, under its workspace's lock, what must be
 * split between allowance and packs first.
 *
 * @returns for each use how it went.
 * @throws when the INSERT fails: then nothing is stored.
 */
export async function storeUses(uses: readonly Use[]): Promise<PromiseSettledResult<void>[]> {
  const stored = await insertMetered(db(), uses);
  const outcomes = await Promise.allSettled(
    uses.map((use) => (stored.has(keyOf(use)) ? undefined : storeCounted(use))),
  );
  await flushSoon();
  return outcomes;
}

/**
 * Counts something that was used, whatever the limits: see `reserve()` and `spend()` for what asks first. Resolves when
 * it is stored; it reaches Polar by itself.
 *
 * @example await track(workspaceId, "qr_code.generated", { units: 1 }, { idempotencyKey: requestId });
 * @throws {UsageEventError} when the catalog has no such event, or its metadata is of another type.
 * @throws {AccountEndedError} when the workspace's account is deleted or being deleted.
 */
export async function track<Name extends EventName>(
  workspaceId: string,
  name: Name,
  metadata: EventMetadata<Name>,
  options: UseOptions,
): Promise<void> {
  const [outcome] = await storeUses([readUse(workspaceId, name, metadata, options)]);
  if (outcome?.status === "rejected") throw outcome.reason;
}
