import "server-only";
import { db } from "@/db/client";
import { reconcileDifferences, type reconcileRuns } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { count } from "@/lib/observability/metrics/counters";
import type { MirrorKind } from "../mirror/rows";
import type { Cause } from "./cause";

export type Run = typeof reconcileRuns.$inferSelect;

/** A row that differed from Polar's. */
export type Found = {
  objectId: string;
  workspaceId: string | null;
  cause: Cause;
  repaired: boolean;
  before: object | null;
  after: object | null;
};

/** Keeps what a run has found, and says it in the log, a line each. */
export async function record(run: Run, kind: MirrorKind, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  const causes = Object.entries(Object.groupBy(found, ({ cause }) => cause)).sort();
  await db().transaction(async (tx) => {
    await tx
      .insert(reconcileDifferences)
      .values(found.map((each) => ({ ...each, runId: run.id, objectType: kind })));
    for (const [cause, those] of causes)
      await count(tx, "reconcile_differences", cause, those.length);
  });
  for (const { objectId, cause, repaired, after } of found)
    logger.warn(
      {
        run: run.id,
        object_type: kind,
        object_id: objectId,
        cause,
        repaired,
        fields: after ? Object.keys(after) : [],
      },
      "Differs from Polar",
    );
}
