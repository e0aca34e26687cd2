import "server-only";
import { db } from "@/db/client";
import { followUp } from "../follow-up";
import { isForgotten } from "../forgotten";
import { readPage } from "./lists";
import { readAll, type Unreadable, UnreadableError } from "./read";
import type { MirrorKind } from "./rows";
import { storeSnapshot } from "./store";

/**
 * Stores an object as a read of Polar gave it, with what follows from it once, in one transaction.
 *
 * @param source what is written into the audit beside it.
 * @returns the row as it is now; null where nothing is stored of a deleted account.
 */
export async function storePulled(
  kind: MirrorKind,
  data: unknown,
  observedAt: string,
  source: string,
) {
  return await db().transaction(async (tx) => {
    const { row } = await storeSnapshot(tx, kind, data, observedAt, source);
    if (row) await followUp(tx, kind, row);
    return row;
  });
}

async function pull(kinds: readonly MirrorKind[], workspaceId: string | null): Promise<void> {
  const unreadable: Unreadable[] = [];
  for (const kind of kinds) {
    for (let page = 1, last = 1; page <= last; page++) {
      const { items, pages, observedAt } = await readPage(kind, page, workspaceId);
      const found = readAll(kind, items, observedAt);
      for (const { data } of found.read) await storePulled(kind, data, observedAt, "pull");
      unreadable.push(...found.unreadable);
      last = pages;
    }
  }
  if (unreadable.length > 0) throw new UnreadableError(unreadable);
}

/** What a workspace's entitlement, orders and balance are made of. */
const ofWorkspace: MirrorKind[] = [
  "subscription",
  "order",
  "refund",
  "benefit_grant",
  "customer_meter",
];

/**
 * Brings everything of a workspace up to date from Polar's list endpoints. The customer state is not used:
 * it leaves out past-due subscriptions and may be an hour old (polarsource/polar, customer/service.py).
 *
 * @throws when Polar cannot be reached; what was pulled by then stays.
 * @throws {UnreadableError} when all else is stored and some objects cannot be read.
 */
export async function pullWorkspace(workspaceId: string): Promise<void> {
  if (await isForgotten(db(), workspaceId)) return;
  await pull(ofWorkspace, workspaceId);
}

/** Brings the mirrored products up to date; throws as `pullWorkspace` does. */
export async function pullProducts(): Promise<void> {
  await pull(["product"], null);
}
