import "server-only";
import { count, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { reconcileDifferences, reconcileRuns } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { patiently } from "@/lib/polar";
import { kindsInOrder, readPage } from "../mirror/lists";
import type { MirrorKind } from "../mirror/rows";
import { beginOrResume, type Scope, unlisted } from "./begin";
import type { Cause } from "./cause";
import { comparePage } from "./page";
import type { Run } from "./record";
import { settleUnlisted } from "./unlisted";

export type Report = {
  runId: string;
  /** False when the run was stopped before its end; the next one goes on there. */
  finished: boolean;
  /** How many of Polar's objects were compared. */
  compared: number;
  differences: Partial<Record<Cause, number>>;
};

/** How far a run has come: of its `steps` steps `step` are done, and of the present one `page` of `pages`. */
export type Progress = { step: number; steps: number; what: string; page: number; pages: number };

type Options = Scope & {
  onProgress?: (progress: Progress) => void;
  /** Asked after each page: whether to stop there for now. */
  shouldPause?: () => boolean;
};

/** Checkouts are many and settle nothing by themselves, so they are read only to rebuild their table. */
function kindsOf({ mode, workspaceId }: Run): MirrorKind[] {
  return kindsInOrder.filter(
    (kind) =>
      (kind !== "checkout" || mode === "rebuild") && (kind !== "product" || workspaceId === null),
  );
}

/** The steps that a run goes through, in their order. */
export function stepsOf(run: Run): readonly Run["step"][] {
  return [...kindsOf(run), unlisted];
}

async function note(run: Run, values: Partial<Run>): Promise<void> {
  Object.assign(run, values);
  await db()
    .update(reconcileRuns)
    .set({ ...values, progressedAt: sql`now()` })
    .where(eq(reconcileRuns.id, run.id));
}

/** One page: of everything, with patience, or of one workspace, at once, as somebody waits for it. */
function readNext(run: Run, kind: MirrorKind) {
  const read = () => readPage(kind, run.page, run.workspaceId);
  return run.workspaceId === null ? patiently(read) : read();
}

/** Compares the present step's remaining pages. @returns whether it came to the end. */
async function runStep(
  run: Run,
  kind: MirrorKind,
  tell: (page: number, pages: number) => void,
  shouldPause: () => boolean,
): Promise<boolean> {
  for (;;) {
    const { items, pages, observedAt } = await readNext(run, kind);
    if (!run.polarStartedAt) await note(run, { polarStartedAt: observedAt });
    await comparePage(kind, run, items, observedAt);
    tell(run.page, pages);
    await note(run, { page: run.page + 1, compared: run.compared + items.length });
    if (run.page > pages) return true;
    if (shouldPause()) return false;
  }
}

async function reportOf(run: Run): Promise<Report> {
  const rows = await db()
    .select({ cause: reconcileDifferences.cause, n: count() })
    .from(reconcileDifferences)
    .where(eq(reconcileDifferences.runId, run.id))
    .groupBy(reconcileDifferences.cause);
  return {
    runId: run.id,
    finished: run.finishedAt !== null,
    compared: run.compared,
    differences: Object.fromEntries(rows.map(({ cause, n }) => [cause, n])),
  };
}

async function walk(run: Run, options: Options): Promise<Report> {
  const shouldPause = options.shouldPause ?? (() => false);
  const steps = stepsOf(run);
  let step = Math.max(0, steps.indexOf(run.step));
  for (const kind of kindsOf(run).slice(step)) {
    if (run.step !== kind) await note(run, { step: kind, page: 1 });
    const tell = (page: number, pages: number) =>
      options.onProgress?.({ step, steps: steps.length, what: kind, page, pages });
    if (!(await runStep(run, kind, tell, shouldPause))) return await reportOf(run);
    step++;
    await note(run, { step: steps[step] ?? unlisted, page: 1 });
    if (shouldPause()) return await reportOf(run);
  }
  const tellEnd = (page: number) =>
    options.onProgress?.({ step, steps: steps.length, what: unlisted, page, pages: 1 });
  tellEnd(0);
  await settleUnlisted(run);
  await db()
    .update(reconcileRuns)
    .set({ finishedAt: sql`now()` })
    .where(eq(reconcileRuns.id, run.id));
  run.finishedAt = new Date();
  tellEnd(1);
  const report = await reportOf(run);
  logger.info(
    { run: run.id, user_id: run.workspaceId, mode: run.mode, ...report },
    "Compared with Polar",
  );
  return report;
}

function together(first: Report, second: Report): Report {
  const differences = { ...second.differences };
  for (const [cause, n] of Object.entries(first.differences) as [Cause, number][])
    differences[cause] = (differences[cause] ?? 0) + n;
  return { ...second, compared: first.compared + second.compared, differences };
}

/**
 * Compares the mirror with Polar's list endpoints, of one workspace or of everything, and repairs it. What
 * was found is kept in `reconcile_differences` and logged. A run over everything notes after each page how
 * far it came; when it was stopped, also by an error, the next call goes on there. What has come since on the
 * pages that were read before is unknown to it, so unless the caller asks for pauses another run follows.
 *
 * @throws what Polar's API throws when it stays unavailable; what was repaired by then stays.
 */
export async function reconcile(options: Options = {}): Promise<Report> {
  const { run, isResumed } = await beginOrResume(options);
  const report = await walk(run, options);
  if (!isResumed || options.shouldPause) return report;
  return together(report, await reconcile({ ...options, mode: "repair" }));
}
