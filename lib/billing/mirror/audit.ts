import "server-only";
import type { Executor } from "@/db/client";
import { auditLog } from "@/db/schema";
import type { MirrorKind } from "./rows";

/** A mirrored table's row as it is stored. */
export type StoredRow = Record<string, unknown> & { id: string; workspaceId: string | null };

/** What orders snapshots, and no part of what they say. */
export const bookkeeping = new Set([
  "versionAt",
  "observedAt",
  "digest",
  "missingSince",
  "syncedAt",
]);
/** The audit outlives the person: it keeps no address. */
const personal = new Set(["email"]);

function differenceOf(before: StoredRow | undefined, after: StoredRow) {
  const names = Object.keys(after).filter(
    (name) =>
      !bookkeeping.has(name) && !personal.has(name) && (!before || before[name] !== after[name]),
  );
  if (names.length === 0) return null;
  const pick = (from: StoredRow) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: before ? pick(before) : null, after: pick(after) };
}

/**
 * Writes down what has changed of a mirrored object, if anything has.
 *
 * @param source what told us: the webhook's id, or "pull".
 * @returns whether anything has.
 */
export async function audit(
  executor: Executor,
  kind: MirrorKind,
  before: StoredRow | undefined,
  after: StoredRow,
  source: string,
): Promise<boolean> {
  const difference = differenceOf(before, after);
  if (!difference) return false;
  await executor.insert(auditLog).values({
    workspaceId: after.workspaceId,
    action: before ? `${kind}.changed` : `${kind}.seen`,
    objectType: kind,
    objectId: after.id,
    ...difference,
    webhookId: source,
  });
  return true;
}
