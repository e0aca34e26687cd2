import "server-only";
import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { lock } from "@/db/lock";
import { orders } from "@/db/schema";
import { formerOwner, isOfForgotten } from "../forgotten";
import { audit, type StoredRow } from "./audit";
import { adoptRefunds } from "./refunds";
import { type MirrorKind, type MirrorRow, type MirrorTable, mirrored, tableOf } from "./rows";

/** Holds everything of one workspace still until the transaction ends. */
export async function lockWorkspace(executor: Executor, workspaceId: string): Promise<void> {
  await lock(executor, `workspace:${workspaceId}`);
}

/** For a refund, which carries no external id, its order's workspace. */
async function workspaceOfOrder(executor: Executor, orderId: string): Promise<string | null> {
  const [order] = await executor
    .select({ workspaceId: orders.workspaceId })
    .from(orders)
    .where(eq(orders.id, orderId));
  return order?.workspaceId ?? null;
}

/** The external id that a snapshot carries or, where it carries none, whose it is as far as we know. */
async function workspaceOf(executor: Executor, row: MirrorRow): Promise<string | null> {
  if (row.workspaceId) return row.workspaceId;
  const ofOrder = row.orderId ? await workspaceOfOrder(executor, row.orderId) : null;
  return ofOrder ?? (row.customerId ? await formerOwner(executor, row.customerId) : null);
}

/**
 * Of customers Polar itself tells that they are deleted, which is for good. Any other tombstone is our
 * conclusion from a 404, and wrong when Polar shows the object later than it gave that answer.
 */
function tombstone(kind: MirrorKind, target: MirrorTable) {
  const concluded = kind === "customer" ? sql`${target.missingSince} is not null` : sql`true`;
  const isBack = sql`excluded.deleted_at is null and ${concluded}
    and excluded.observed_at > greatest(${target.missingSince}, ${target.deletedAt})`;
  return {
    deletedAt: sql`case when ${isBack} then null else least(${target.deletedAt}, excluded.deleted_at) end`,
    missingSince: sql`case when excluded.deleted_at is not null or ${isBack} then null
      else ${target.missingSince} end`,
  };
}

/**
 * Writes a row unless a newer one is there. A workspace, once known, and a deletion that Polar has told of
 * stay: an older snapshot may be the first to carry them.
 */
async function upsert(
  executor: Executor,
  kind: MirrorKind,
  target: MirrorTable,
  row: MirrorRow,
): Promise<StoredRow> {
  const isNewer = sql`(${target.versionAt}, ${target.observedAt}, ${target.digest})
    < (excluded.version_at, excluded.observed_at, excluded.digest)`;
  const newest = Object.entries(getTableColumns(target)).map(([name, column]) => [
    name,
    sql`case when ${isNewer} then ${sql.raw(`excluded."${column.name}"`)} else ${column} end`,
  ]);
  const [stored] = await executor
    .insert(target)
    .values(row as never)
    .onConflictDoUpdate({
      target: target.id,
      set: {
        ...Object.fromEntries(newest),
        workspaceId: sql`case when ${isNewer} then coalesce(excluded.workspace_id, ${target.workspaceId})
          else coalesce(${target.workspaceId}, excluded.workspace_id) end`,
        ...tombstone(kind, target),
        syncedAt: sql`now()`,
      },
    })
    .returning();
  if (!stored) throw new Error(`The row ${row.id} was not stored.`);
  return stored as StoredRow;
}

/**
 * Stores a snapshot unless a newer one is there. Newer is (version, observed, digest), compared by
 * PostgreSQL to the microsecond; a deletion told of and a workspace, once known, stay. So the stored row is a
 * function of the set of snapshots seen, whatever their order and number.
 *
 * @param source what told us: the webhook's id, or "pull".
 * @returns the row as it is now, and whether this snapshot changed it; null where nothing is stored, because
 *   the workspace's account is deleted.
 */
export async function storeSnapshot(
  executor: Executor,
  kind: MirrorKind,
  data: unknown,
  observedAt: string,
  source: string,
): Promise<{ row: StoredRow | null; changed: boolean }> {
  const target = tableOf(kind);
  const row: MirrorRow = mirrored[kind].read(data, observedAt);

  // Always in this order, so that two transactions cannot wait for each other. A refund waits for its
  // order, whose workspace it takes.
  await lock(executor, kind === "refund" ? `order:${row.orderId}` : `${kind}:${row.id}`);
  const workspaceId = await workspaceOf(executor, row);
  if (workspaceId) await lockWorkspace(executor, workspaceId);
  if (workspaceId && (await isOfForgotten(executor, kind, workspaceId, row)))
    return { row: null, changed: false };

  const [before] = await executor.select().from(target).where(eq(target.id, row.id)).for("update");
  const after = await upsert(executor, kind, target, { ...row, workspaceId });
  const changed = await audit(executor, kind, before as StoredRow | undefined, after, source);
  if (kind === "order") await adoptRefunds(executor, after, source);
  return { row: after, changed };
}
