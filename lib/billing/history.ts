import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { reconcileRuns } from "@/db/schema";

/**
 * Up to when the mirror is being rebuilt from Polar, by Polar's clock; null when it is not. It is kept in the
 * database, so every process that stores something meanwhile knows it, and so does one that comes after a
 * rebuild that was stopped.
 */
export async function rebuiltUntil(executor: Executor): Promise<Date | null> {
  const [run] = await executor
    .select({
      startedAt: reconcileRuns.startedAt,
      polarStartedAt: reconcileRuns.polarStartedAt,
      finishedAt: reconcileRuns.finishedAt,
    })
    .from(reconcileRuns)
    .where(and(eq(reconcileRuns.mode, "rebuild"), isNull(reconcileRuns.workspaceId)))
    .orderBy(desc(reconcileRuns.startedAt))
    .limit(1);
  if (!run || run.finishedAt) return null;
  return run.polarStartedAt ? new Date(run.polarStartedAt) : run.startedAt;
}

/**
 * Whether what happened at a moment, by Polar's clock, was told to people long ago, although nothing here
 * says so: the rebuild that would record it is under way.
 */
export async function isHistory(executor: Executor, at: string): Promise<boolean> {
  const until = await rebuiltUntil(executor);
  return until !== null && new Date(at) < until;
}
