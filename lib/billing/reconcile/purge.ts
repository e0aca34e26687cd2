import "server-only";
import { and, isNotNull, or } from "drizzle-orm";
import { db } from "@/db/client";
import { reconcileRuns } from "@/db/schema";
import { isPastRetention } from "@/lib/retention";

/** Forgets runs after 90 days, with what they found; one over everything that has not ended is still to go on. */
export async function purgeRuns(): Promise<void> {
  const isOver = or(isNotNull(reconcileRuns.finishedAt), isNotNull(reconcileRuns.workspaceId));
  await db()
    .delete(reconcileRuns)
    .where(and(isPastRetention(reconcileRuns.startedAt), isOver));
}
