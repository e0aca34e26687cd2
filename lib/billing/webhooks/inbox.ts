import "server-only";
import { and, asc, eq, gte, inArray, isNotNull, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { applyWebhook, type Outcome } from "./apply";

export const inboxStatuses = ["pending", "applied", "ignored", "failed"] as const;
export type InboxStatus = (typeof inboxStatuses)[number];

/** A stored webhook. `body` is what Polar sent, to the byte; null once it was emptied for its age. */
export type StoredWebhook = typeof webhookInbox.$inferSelect;

const listed = 200;

/** How many webhooks there are of each status. */
export async function countInbox(): Promise<Record<InboxStatus, number>> {
  const rows = await db()
    .select({ status: webhookInbox.status, count: sql<number>`count(*)::int` })
    .from(webhookInbox)
    .groupBy(webhookInbox.status);
  const none = { pending: 0, applied: 0, ignored: 0, failed: 0 };
  return Object.assign(none, Object.fromEntries(rows.map(({ status, count }) => [status, count])));
}

/** The oldest 200 webhooks of a status, without their bodies, which hold personal data. */
export async function listInbox(status: InboxStatus): Promise<Omit<StoredWebhook, "body">[]> {
  const rows = await db()
    .select()
    .from(webhookInbox)
    .where(eq(webhookInbox.status, status))
    .orderBy(asc(webhookInbox.receivedAt))
    .limit(listed);
  return rows.map(({ body: _, ...row }) => row);
}

export async function findWebhook(webhookId: string): Promise<StoredWebhook | null> {
  const [row] = await db().select().from(webhookInbox).where(eq(webhookInbox.webhookId, webhookId));
  return row ?? null;
}

/** Which dead letters: one, those of a type, those received since a moment; all where it says nothing. */
export type DeadLetters = { webhookId?: string; type?: string; since?: Date };

/**
 * Takes dead letters up again, the oldest `most` of them, each with ten new attempts that begin at once. One whose body
 * was emptied stays. Reads the index of dead letters alone.
 *
 * @returns those that it has taken up; a second time there is none.
 */
export async function takeUpDead(
  executor: Executor,
  { webhookId, type, since }: DeadLetters,
  most: number,
): Promise<Pick<StoredWebhook, "webhookId" | "type" | "requestId" | "traceparent">[]> {
  const dead = executor
    .select({ webhookId: webhookInbox.webhookId })
    .from(webhookInbox)
    .where(
      and(
        eq(webhookInbox.status, "failed"),
        isNotNull(webhookInbox.body),
        webhookId === undefined ? undefined : eq(webhookInbox.webhookId, webhookId),
        type === undefined ? undefined : eq(webhookInbox.type, type),
        since === undefined ? undefined : gte(webhookInbox.receivedAt, since),
      ),
    )
    .orderBy(asc(webhookInbox.receivedAt))
    .limit(most)
    .for("update");
  return await executor
    .update(webhookInbox)
    .set({ status: "pending", attempts: 0, nextAttemptAt: sql`now()` })
    .where(inArray(webhookInbox.webhookId, dead))
    .returning({
      webhookId: webhookInbox.webhookId,
      type: webhookInbox.type,
      requestId: webhookInbox.requestId,
      traceparent: webhookInbox.traceparent,
    });
}

/**
 * Applies one that was taken up. A worker may have been faster: then it is what that has made of it.
 *
 * @returns null when it failed again.
 */
export async function applyTaken({
  webhookId,
  ...origin
}: Pick<StoredWebhook, "webhookId" | "requestId" | "traceparent">): Promise<Outcome | null> {
  const outcome = await applyWebhook(webhookId, origin);
  if (outcome) return outcome;
  // Waits for whoever has it in hand.
  const [row] = await db()
    .select({ status: webhookInbox.status })
    .from(webhookInbox)
    .where(eq(webhookInbox.webhookId, webhookId))
    .for("update");
  return row?.status === "applied" || row?.status === "ignored" ? row.status : null;
}

/** What became of a replay; null means that it failed again, for the reason that the row holds. */
export type Replay = { webhookId: string; type: string; outcome: Outcome | null };

/**
 * Takes dead letters up again, oldest first, each with ten new attempts of which the first is made now.
 * Late is not wrong: what a newer event has said meanwhile stays.
 *
 * @param webhookId one of them; all when it is left out.
 * @returns what became of each. Empty when there is no such dead letter, or its body was emptied.
 */
export async function replayDead(webhookId?: string): Promise<Replay[]> {
  const replays: Replay[] = [];
  for (;;) {
    const [letter] = await takeUpDead(db(), webhookId === undefined ? {} : { webhookId }, 1);
    if (!letter) return replays;
    const { webhookId: id, type } = letter;
    replays.push({ webhookId: id, type, outcome: await applyTaken(letter) });
  }
}
