import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { and, eq, lt, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { subscriptionChanges } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import type { Change } from "./request";

const pauseMs = 250;
/** How long a second request waits for the first one's outcome, as after a double click. */
const patienceMs = 8_000;

async function tryBegin(viewer: Viewer, change: Change): Promise<string | null> {
  const { workspaceId, userId } = viewer;
  // Longer than any call to Polar takes: whoever began it has died meanwhile.
  await db()
    .update(subscriptionChanges)
    .set({ status: "settled", outcome: "abandoned", settledAt: sql`now()` })
    .where(
      and(
        eq(subscriptionChanges.workspaceId, workspaceId),
        eq(subscriptionChanges.status, "pending"),
        lt(subscriptionChanges.createdAt, sql`now() - interval '2 minutes'`),
      ),
    );
  const [row] = await db()
    .insert(subscriptionChanges)
    .values({
      workspaceId,
      userId,
      action: change.action,
      product: change.action === "change_plan" ? change.product : null,
    })
    .onConflictDoNothing()
    .returning({ id: subscriptionChanges.id });
  return row?.id ?? null;
}

/**
 * Writes down that the workspace's subscription is about to be changed. While another change is under way
 * it waits for that one's end, for eight seconds at most.
 *
 * @returns the intent's id; null when the other one has not ended.
 */
export async function beginChange(viewer: Viewer, change: Change): Promise<string | null> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const id = await tryBegin(viewer, change);
    if (id || performance.now() > until) return id;
    await wait(pauseMs);
  }
}

/** Ends an intent: the next change may begin. */
export async function settleChange(executor: Executor, id: string, outcome: string): Promise<void> {
  await executor
    .update(subscriptionChanges)
    .set({ status: "settled", outcome, settledAt: sql`now()` })
    .where(and(eq(subscriptionChanges.id, id), eq(subscriptionChanges.status, "pending")));
}
