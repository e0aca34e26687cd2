import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { auditLog, benefitGrants, type customers } from "@/db/schema";
import { patiently } from "@/lib/polar";
import { canBeAsked, kindsInOrder, readOne } from "../mirror/lists";
import { readAll } from "../mirror/read";
import { type MirrorKind, tableOf } from "../mirror/rows";
import { differenceBetween, tellsTheSame } from "./compare";
import { comparePage } from "./page";
import { type Run, record } from "./record";

type Stored = typeof customers.$inferSelect;

/** One 404 may be a fault of Polar's: after the first, so much later a run has to get a second. */
const patience = "10 minutes";

/** The next of our rows, by id, that Polar has not shown since the run began. */
async function nextUnseen(kind: MirrorKind, run: Run, afterId: string): Promise<Stored | null> {
  const table = tableOf(kind);
  const [row] = await db()
    .select()
    .from(table)
    .where(
      and(
        gt(table.id, afterId),
        isNull(table.deletedAt),
        // Moments of answers have been rounded down to seconds, each by more or less than the first.
        sql`${table.observedAt} < ${run.polarStartedAt}::timestamptz - interval '1 second'`,
        run.workspaceId === null ? undefined : eq(table.workspaceId, run.workspaceId),
      ),
    )
    .orderBy(table.id)
    .limit(1);
  return row ?? null;
}

/** Notes that Polar has answered that there is no such object, and waits for a later run to ask again. */
async function suspect(kind: MirrorKind, row: Stored, run: Run, observedAt: string): Promise<void> {
  const table = tableOf(kind);
  await db()
    .update(table)
    .set({ missingSince: sql`coalesce(${table.missingSince}, ${observedAt})` })
    .where(eq(table.id, row.id));
  await leaveAlone(kind, row, run, "missing", null);
}

/** Whether an earlier run has found it missing too, and not just now. */
async function isLongMissing(kind: MirrorKind, { id }: Stored, observedAt: string) {
  const table = tableOf(kind);
  const isLong = sql<boolean>`${table.missingSince} <= ${observedAt}::timestamptz - ${patience}::interval`;
  const [row] = await db().select({ isLong }).from(table).where(eq(table.id, id));
  return row?.isLong ?? false;
}

/** Sets the tombstone, and that of what a customer was granted: Polar cannot be asked for a grant alone. */
async function bury(kind: MirrorKind, row: Stored, run: Run, observedAt: string): Promise<void> {
  const table = tableOf(kind);
  await db().transaction(async (tx) => {
    await tx.update(table).set({ deletedAt: observedAt }).where(eq(table.id, row.id));
    if (kind === "customer")
      await tx
        .update(benefitGrants)
        .set({ deletedAt: observedAt, missingSince: observedAt })
        .where(and(eq(benefitGrants.customerId, row.id), isNull(benefitGrants.deletedAt)));
    await tx.insert(auditLog).values({
      workspaceId: row.workspaceId,
      action: `${kind}.gone`,
      objectType: kind,
      objectId: row.id,
      before: { deletedAt: null },
      after: { deletedAt: observedAt },
      webhookId: run.mode === "rebuild" ? "resync" : "reconcile",
    });
  });
  await record(run, kind, [
    {
      objectId: row.id,
      workspaceId: row.workspaceId,
      cause: "gone",
      repaired: true,
      before: { deletedAt: null },
      after: { deletedAt: observedAt },
    },
  ]);
}

async function leaveAlone(
  kind: MirrorKind,
  { id, workspaceId }: Stored,
  run: Run,
  cause: "newer_here" | "unreadable" | "missing",
  difference: ReturnType<typeof differenceBetween>,
): Promise<void> {
  const { before, after } = difference ?? { before: null, after: null };
  await record(run, kind, [{ objectId: id, workspaceId, cause, repaired: false, before, after }]);
}

async function settle(kind: MirrorKind, row: Stored, run: Run): Promise<void> {
  const { data, observedAt } = await patiently(() => readOne(kind, row.id));
  if (data === "refused") return await leaveAlone(kind, row, run, "unreadable", null);
  if (data === null && !(await isLongMissing(kind, row, observedAt)))
    return await suspect(kind, row, run, observedAt);
  if (data === null) return await bury(kind, row, run, observedAt);
  await comparePage(kind, run, [data], observedAt);
  const table = tableOf(kind);
  const told = readAll(kind, [data], observedAt).read[0]?.row;
  if (!told) return;
  const isAhead = sql<boolean>`${table.versionAt} > ${told.versionAt}::timestamptz`;
  const [found] = await db()
    .select({ after: table, isAhead })
    .from(table)
    .where(eq(table.id, row.id));
  // A copy of Polar's database may lag behind, so nothing is forced.
  if (!found?.isAhead || tellsTheSame(found.after, told)) return;
  await leaveAlone(kind, row, run, "newer_here", differenceBetween(found.after, told));
}

/**
 * Asks Polar one by one for what we hold and no list has shown. Only a second 404 makes a tombstone: a
 * list may leave things out, and a first 404 be wrong.
 */
export async function settleUnlisted(run: Run): Promise<void> {
  for (const kind of kindsInOrder.filter(canBeAsked)) {
    if (kind === "checkout" && run.mode === "repair") continue;
    let row = await nextUnseen(kind, run, "");
    while (row) {
      await settle(kind, row, run);
      row = await nextUnseen(kind, run, row.id);
    }
  }
}
