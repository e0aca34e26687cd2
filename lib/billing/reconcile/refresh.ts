import "server-only";
import { and, desc, eq, gt, isNotNull, isNull, or, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { reconcileRuns } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { isUnavailable } from "@/lib/polar";
import { lockWorkspace } from "../mirror/store";
import { reconcile } from "./run";

/** A workspace is compared with Polar at most so often on demand. */
const pauseSeconds = 30;

export type Refresh = "refreshed" | "too_soon" | "unavailable";

/** Whether the workspace may be refreshed now; if so this is noted, for the next to be told to wait. */
async function take(workspaceId: string): Promise<string | null> {
  return await db().transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const [recent] = await tx
      .select({ id: reconcileRuns.id })
      .from(reconcileRuns)
      .where(
        and(
          eq(reconcileRuns.workspaceId, workspaceId),
          gt(reconcileRuns.startedAt, sql`now() - make_interval(secs => ${pauseSeconds})`),
        ),
      )
      .limit(1);
    if (recent) return null;
    const [run] = await tx
      .insert(reconcileRuns)
      .values({ workspaceId, mode: "repair", step: "customer" })
      .returning({ id: reconcileRuns.id });
    return run?.id ?? null;
  });
}

/** Compares one workspace with Polar because somebody asked, and repairs it; at most every half minute. */
export async function refreshWorkspace(workspaceId: string): Promise<Refresh> {
  const runId = await take(workspaceId);
  if (!runId) return "too_soon";
  try {
    await reconcile({ runId });
    return "refreshed";
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    logger.warn({ user_id: workspaceId, err: error }, "Polar could not be asked for a refresh");
    return "unavailable";
  }
}

/** When a workspace was last compared with Polar, by itself or with all others; null for never. */
export async function lastRefreshed(workspaceId: string): Promise<Date | null> {
  const [run] = await db()
    .select({ at: reconcileRuns.finishedAt })
    .from(reconcileRuns)
    .where(
      and(
        isNotNull(reconcileRuns.finishedAt),
        or(eq(reconcileRuns.workspaceId, workspaceId), isNull(reconcileRuns.workspaceId)),
      ),
    )
    .orderBy(desc(reconcileRuns.finishedAt))
    .limit(1);
  return run?.at ?? null;
}
