import "server-only";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { reconcileRuns } from "@/db/schema";
import { kindsInOrder } from "../mirror/lists";
import type { Run } from "./record";

/** What is compared: one workspace, a run that has been stored and not begun, or everything. */
export type Scope = { workspaceId?: string; runId?: string; mode?: Run["mode"] };

/** The last step of a run. */
export const unlisted = "unlisted";

/** What stood still for so long is not gone on with: too much has changed behind it. */
const patience = "10 minutes";

async function findOpen(mode: Run["mode"]): Promise<Run | null> {
  const [open] = await db()
    .select()
    .from(reconcileRuns)
    .where(
      and(
        isNull(reconcileRuns.workspaceId),
        eq(reconcileRuns.mode, mode),
        isNull(reconcileRuns.finishedAt),
        // What a rebuild has not come to is empty or wrong, however long that has been so.
        mode === "rebuild"
          ? undefined
          : gt(reconcileRuns.progressedAt, sql`now() - ${patience}::interval`),
      ),
    )
    .orderBy(desc(reconcileRuns.startedAt))
    .limit(1);
  return open ?? null;
}

/**
 * The run over everything that was begun a short while ago and not finished, or a new one. A workspace's is
 * always new: it is short.
 */
export async function beginOrResume({
  workspaceId,
  runId,
  mode = "repair",
}: Scope): Promise<{ run: Run; isResumed: boolean }> {
  if (runId !== undefined) {
    const [stored] = await db().select().from(reconcileRuns).where(eq(reconcileRuns.id, runId));
    if (!stored) throw new Error("There is no such run.");
    return { run: stored, isResumed: false };
  }
  const open = workspaceId === undefined ? await findOpen(mode) : null;
  if (open) return { run: open, isResumed: true };
  const [run] = await db()
    .insert(reconcileRuns)
    .values({ workspaceId: workspaceId ?? null, mode, step: kindsInOrder[0] ?? unlisted })
    .returning();
  if (!run) throw new Error("The run was not stored.");
  return { run, isResumed: false };
}
