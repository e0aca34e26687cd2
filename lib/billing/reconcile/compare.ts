import { bookkeeping } from "../mirror/audit";
import { canonical } from "../mirror/canonical";
import type { MirrorRow } from "../mirror/rows";

type Fields = Record<string, unknown>;

/** What a snapshot's state is not made of; an e-mail address belongs in no report. */
const apart = new Set([...bookkeeping, "email"]);

const isSame = (left: unknown, right: unknown) => canonical(left) === canonical(right);

/** The fields in which a stored row, or none, differs from what it should be; null when in none. */
export function differenceBetween(
  before: Fields | undefined,
  after: Fields,
): { before: Fields | null; after: Fields } | null {
  const names = Object.keys(after).filter(
    (name) => !apart.has(name) && !(before && isSame(before[name], after[name])),
  );
  if (names.length === 0) return null;
  const pick = (from: Fields) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: before ? pick(before) : null, after: pick(after) };
}

/**
 * Whether two readings tell the same state of the same version, whenever they were made. A workspace that
 * only the stored one knows was learnt from elsewhere, and an address is part of the state here. A tombstone
 * that only the stored one has is a difference.
 */
export function tellsTheSame(stored: Fields, told: MirrorRow): boolean {
  return Object.entries({ deletedAt: null, ...told }).every(
    ([name, value]) =>
      name === "observedAt" ||
      name === "digest" ||
      (name === "workspaceId" && value === null) ||
      isSame(stored[name], value),
  );
}
