import "server-only";
import { db } from "@/db/client";
import type { EventMetadata, EventName } from "@/lib/billing/catalog-events";
import { changeWorkspace } from "@/lib/workspaces";
import { insertCounted, insertMetered, keyOf } from "./insert";
import { flushSoon } from "./nudge";
import { standingFor } from "./standing";
import { readUse, type Use, type UseOptions } from "./use";

/** How many transactions a batch opens at a time: the pool is everybody's. */
const lanes = 3;

async function storeCounted(use: Use): Promise<void> {
  await changeWorkspace(use.workspaceId, async (tx) => {
    const { entitlement, counted, isKnown } = await standingFor(tx, use);
    if (!isKnown) await insertCounted(tx, use, entitlement, counted);
  });
}

/** Stores what must be counted, a few workspaces at a time and of each a use at a time. Gives what failed, and why. */
async function storeEach(uses: readonly Use[]): Promise<ReadonlyMap<Use, unknown>> {
  const waiting = [...Map.groupBy(uses, ({ workspaceId }) => workspaceId).values()];
  const failures = new Map<Use, unknown>();
  async function lane(): Promise<void> {
    for (let its = waiting.shift(); its; its = waiting.shift())
      for (const use of its)
        await storeCounted(use).catch((reason: unknown) => failures.set(use, reason));
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return failures;
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
  const failures = await storeEach(uses.filter((use) => !stored.has(keyOf(use))));
  await flushSoon();
  return uses.map((use) =>
    failures.has(use)
      ? { status: "rejected", reason: failures.get(use) }
      : { status: "fulfilled", value: undefined },
  );
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
