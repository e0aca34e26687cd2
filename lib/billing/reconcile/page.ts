import "server-only";
import { and, inArray, lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { customers } from "@/db/schema";
import { storePulled } from "../mirror/pull";
import { type Read, readAll, type Unreadable } from "../mirror/read";
import { type MirrorKind, type MirrorRow, tableOf } from "../mirror/rows";
import { causesOf } from "./cause";
import { differenceBetween, tellsTheSame } from "./compare";
import { type Found, type Run, record } from "./record";

type Stored = typeof customers.$inferSelect;

/** Objects that lack what we need are reported and left alone. */
function reportOf({ id, error }: Unreadable): Found {
  return {
    objectId: id,
    workspaceId: null,
    cause: "unreadable",
    repaired: false,
    before: null,
    after: { error },
  };
}

/**
 * The stored rows by id. Those that say what Polar says are marked as seen just now; a row that somebody
 * else is writing is left to the careful way.
 */
async function confirmSame(
  kind: MirrorKind,
  read: readonly Read[],
): Promise<{ stored: Map<string, Stored>; same: Set<string> }> {
  const table = tableOf(kind);
  return await db().transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(table)
      .where(
        inArray(
          table.id,
          read.map(({ row }) => row.id),
        ),
      )
      .orderBy(table.id)
      .for("update", { skipLocked: true });
    const stored = new Map(rows.map((row) => [row.id, row]));
    const same = read.filter(({ row }) => {
      const found = stored.get(row.id);
      return found !== undefined && tellsTheSame(found, row);
    });
    const seen = same.map(({ row: { id, observedAt, digest } }) => ({ id, observedAt, digest }));
    await tx.execute(sql`
      update ${table} set observed_at = seen."observedAt", digest = seen.digest, missing_since = null
      from json_to_recordset(${JSON.stringify(seen)}::json) as seen (
        id text, "observedAt" timestamptz, digest text)
      where ${table.id} = seen.id
        and (${table.observedAt}, ${table.digest}) < (seen."observedAt", seen.digest)`);
    return { stored, same: new Set(same.map(({ row }) => row.id)) };
  });
}

/** Takes from rows that were stored before the run whatever version and tombstone they claim. */
async function forgetClaims(kind: MirrorKind, run: Run, ids: string[]): Promise<void> {
  const table = tableOf(kind);
  const never = "1970-01-01T00:00:00Z";
  await db()
    .update(table)
    .set({ versionAt: never, observedAt: never, deletedAt: null, missingSince: null })
    .where(and(inArray(table.id, ids), lt(table.syncedAt, run.startedAt)));
}

/**
 * Compares a page of Polar's list with our rows and repairs those that differ, each through `storeSnapshot`,
 * so that a webhook that is newer than the list wins. A rebuild writes every row.
 */
export async function comparePage(
  kind: MirrorKind,
  run: Run,
  items: readonly unknown[],
  observedAt: string,
): Promise<void> {
  const { read, unreadable } = readAll(kind, items, observedAt);
  await record(run, kind, unreadable.map(reportOf));
  if (read.length === 0) return;

  const isRebuild = run.mode === "rebuild";
  const { stored, same } = await confirmSame(kind, read);
  const differing = isRebuild ? read : read.filter(({ row }) => !same.has(row.id));
  if (isRebuild)
    await forgetClaims(
      kind,
      run,
      read.map(({ row }) => row.id),
    );

  const repaired: { row: MirrorRow; found: Omit<Found, "cause"> }[] = [];
  for (const { data, row } of differing) {
    const after = await storePulled(kind, data, observedAt, isRebuild ? "resync" : "reconcile");
    const difference = after && differenceBetween(stored.get(row.id), after);
    if (!difference) continue;
    const { workspaceId } = after;
    repaired.push({ row, found: { objectId: row.id, workspaceId, repaired: true, ...difference } });
  }
  const causes = await causesOf(
    kind,
    repaired.map(({ row }) => row),
  );
  await record(
    run,
    kind,
    repaired.map(({ row, found }) => ({ ...found, cause: causes.get(row.id) ?? "unknown" })),
  );
}
