import "server-only";
import { and, count, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Executor } from "@/db/client";
import { lock } from "@/db/lock";
import { reconcileDifferences, reconcileRuns } from "@/db/schema";
import type { Cause } from "@/lib/billing/reconcile/cause";
import type { Run } from "@/lib/billing/reconcile/record";
import { stepsOf } from "@/lib/billing/reconcile/run";
import { enqueue } from "@/lib/jobs/enqueue";
import { recordAction } from "./actions";
import type { Admin } from "./gate";

/** A run over everything, and what it found. `running` has come further within the last ten minutes. */
export type RunReport = Pick<
  Run,
  "id" | "mode" | "step" | "page" | "compared" | "startedAt" | "finishedAt"
> & {
  state: "finished" | "running" | "stopped";
  /** How many of its steps are done, of how many. */
  done: number;
  steps: number;
  differences: { cause: Cause; count: number; repaired: number }[];
};

export type Difference = typeof reconcileDifferences.$inferSelect;

const listedRuns = 20;
const listedDifferences = 100;

const isMoving = sql<boolean>`${reconcileRuns.progressedAt} > now() - interval '10 minutes'`;

async function differencesOf(runs: string[]) {
  if (runs.length === 0) return [];
  return await db()
    .select({
      runId: reconcileDifferences.runId,
      cause: reconcileDifferences.cause,
      count: count(),
      repaired: sql<number>`(count(*) filter (where repaired))::int`,
    })
    .from(reconcileDifferences)
    .where(inArray(reconcileDifferences.runId, runs))
    .groupBy(reconcileDifferences.runId, reconcileDifferences.cause)
    .orderBy(desc(count()));
}

async function report(rows: { run: Run; isMoving: boolean }[]): Promise<RunReport[]> {
  const found = Map.groupBy(
    await differencesOf(rows.map(({ run }) => run.id)),
    (each) => each.runId,
  );
  return rows.map(({ run, isMoving: moves }) => {
    const steps = stepsOf(run);
    const { id, mode, step, page, compared, startedAt, finishedAt } = run;
    return {
      ...{ id, mode, step, page, compared, startedAt, finishedAt },
      state: finishedAt ? "finished" : moves ? "running" : "stopped",
      done: finishedAt ? steps.length : Math.max(0, steps.indexOf(step)),
      steps: steps.length,
      differences: (found.get(id) ?? []).map(({ runId: _, ...each }) => each),
    };
  });
}

/** The latest twenty runs over everything, newest first, by the index of runs; differences by that of their run. */
export async function listRuns(): Promise<RunReport[]> {
  return await report(
    await db()
      .select({ run: reconcileRuns, isMoving })
      .from(reconcileRuns)
      .where(isNull(reconcileRuns.workspaceId))
      .orderBy(desc(reconcileRuns.startedAt))
      .limit(listedRuns),
  );
}

/** A run with its latest hundred differences; null where there is none of this id. */
export async function readRun(
  id: string,
): Promise<{ run: RunReport; differences: Difference[] } | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const rows = await db()
    .select({ run: reconcileRuns, isMoving })
    .from(reconcileRuns)
    .where(and(eq(reconcileRuns.id, id), isNull(reconcileRuns.workspaceId)));
  const [run] = await report(rows);
  if (!run) return null;
  const differences = await db()
    .select()
    .from(reconcileDifferences)
    .where(eq(reconcileDifferences.runId, run.id))
    .orderBy(desc(reconcileDifferences.id))
    .limit(listedDifferences);
  return { run, differences };
}

/** Whether a job of it runs or is due; one that has failed waits for its next attempt, and can be had at once. */
export async function isReconcileDue(executor: Executor = db()): Promise<boolean> {
  const [due] = await executor.execute(sql`
    select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'reconcile' and (j.locked_at is not null or j.is_available and j.run_at <= now()) limit 1`);
  return due !== undefined;
}

/**
 * Has a job compare everything with Polar.
 *
 * @returns false where a job does so, or is about to: then nothing is done.
 */
export async function startReconcile(admin: Admin): Promise<boolean> {
  return await db().transaction(async (tx) => {
    await lock(tx, "admin:reconcile");
    if (await isReconcileDue(tx)) return false;
    await recordAction(tx, admin, { action: "reconcile.start", objectId: null, details: {} });
    await enqueue(tx, "reconcile", {}, { key: "reconcile", queue: "reconcile" });
    return true;
  });
}
