import "server-only";
import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Executor } from "@/db/client";
import {
  auditLog,
  benefitGrants,
  checkouts,
  customerMeters,
  customers,
  orders,
  subscriptions,
} from "@/db/schema";
import { type MirrorKind, type MirrorRow, mirrored } from "./rows";

type Stored = Record<string, unknown> & { workspaceId: string | null };

const bookkeeping = new Set(["versionAt", "observedAt", "syncedAt"]);

async function lock(executor: Executor, key: string): Promise<void> {
  await executor.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/** Holds everything of one workspace still until the transaction ends. */
export async function lockWorkspace(executor: Executor, workspaceId: string): Promise<void> {
  await lock(executor, `workspace:${workspaceId}`);
}

/**
 * The workspace of a snapshot: the external id that it carries or, for one taken before its customer was
 * linked to us, the one that the customer has now.
 */
async function resolveWorkspace(executor: Executor, row: MirrorRow): Promise<string | null> {
  if (row.workspaceId || !row.customerId) return row.workspaceId ?? null;
  const [customer] = await executor
    .select({ workspaceId: customers.workspaceId })
    .from(customers)
    .where(eq(customers.id, row.customerId));
  return customer?.workspaceId ?? null;
}

/** A customer that has just been linked brings along what was stored before it was. */
async function adoptOrphans(
  executor: Executor,
  customerId: string,
  workspaceId: string,
): Promise<void> {
  for (const table of [subscriptions, orders, benefitGrants, checkouts, customerMeters]) {
    await executor
      .update(table)
      .set({ workspaceId })
      .where(and(eq(table.customerId, customerId), isNull(table.workspaceId)));
  }
}

/**
 * Stores a snapshot unless a newer one is there. Newer is (version, observed), compared by PostgreSQL to
 * the microsecond; a tombstone and a workspace, once known, stay. So the stored row is a function of the
 * set of snapshots seen, whatever their order and number.
 *
 * @param source what told us: the webhook's id, or "pull".
 * @returns the row as it is now, and whether this snapshot changed it.
 */
export async function storeSnapshot(
  executor: Executor,
  kind: MirrorKind,
  data: unknown,
  observedAt: string,
  source: string,
): Promise<{ row: Stored; changed: boolean }> {
  const { table, read } = mirrored[kind];
  const target = table as PgTable & typeof customers;
  const row = read(data, observedAt);

  // Always in this order, so that two transactions cannot wait for each other.
  if (row.customerId) await lock(executor, `customer:${row.customerId}`);
  const workspaceId = await resolveWorkspace(executor, row);
  if (workspaceId) await lockWorkspace(executor, workspaceId);

  const columns = getTableColumns(target);
  const set = Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => name !== "id")
      .map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]),
  );
  const [before] = await executor.select().from(target).where(eq(target.id, row.id)).for("update");
  await executor
    .insert(target)
    .values({ ...row, workspaceId } as never)
    .onConflictDoUpdate({
      target: target.id,
      set: {
        ...set,
        workspaceId: sql`coalesce(excluded.workspace_id, ${target.workspaceId})`,
        deletedAt: sql`least(${target.deletedAt}, excluded.deleted_at)`,
        syncedAt: sql`now()`,
      },
      setWhere: sql`(${target.versionAt}, ${target.observedAt}) < (excluded.version_at, excluded.observed_at)`,
    });
  // An older snapshot may still be the first to carry the tombstone or the workspace.
  await executor
    .update(target)
    .set({
      workspaceId: sql`coalesce(${target.workspaceId}, ${workspaceId}::text)`,
      deletedAt: sql`least(${target.deletedAt}, ${row.deletedAt ?? null}::timestamptz)`,
    })
    .where(eq(target.id, row.id));
  const [after] = await executor.select().from(target).where(eq(target.id, row.id));
  if (!after) throw new Error(`The ${kind} was not stored.`);
  if (kind === "customer" && after.workspaceId)
    await adoptOrphans(executor, after.id, after.workspaceId);

  const difference = differenceOf(before as Stored | undefined, after as Stored);
  if (difference) {
    await executor.insert(auditLog).values({
      workspaceId: after.workspaceId,
      action: before ? `${kind}.changed` : `${kind}.seen`,
      objectType: kind,
      objectId: after.id,
      before: difference.before,
      after: difference.after,
      webhookId: source,
    });
  }
  return { row: after as Stored, changed: difference !== null };
}

function differenceOf(
  before: Stored | undefined,
  after: Stored,
): { before: Record<string, unknown> | null; after: Record<string, unknown> } | null {
  const names = Object.keys(after).filter(
    (name) =>
      !bookkeeping.has(name) && name !== "email" && (!before || before[name] !== after[name]),
  );
  if (names.length === 0) return null;
  const pick = (from: Stored) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: before ? pick(before) : null, after: pick(after) };
}
