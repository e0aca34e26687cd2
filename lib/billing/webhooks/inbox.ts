import "server-only";
import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
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
  const dead = await db()
    .select({
      webhookId: webhookInbox.webhookId,
      type: webhookInbox.type,
      requestId: webhookInbox.requestId,
      traceparent: webhookInbox.traceparent,
    })
    .from(webhookInbox)
    .where(
      and(
        eq(webhookInbox.status, "failed"),
        isNotNull(webhookInbox.body),
        webhookId ? eq(webhookInbox.webhookId, webhookId) : undefined,
      ),
    )
    .orderBy(asc(webhookInbox.receivedAt));
  const replays: Replay[] = [];
  for (const { requestId, traceparent, ...letter } of dead) {
    await db()
      .update(webhookInbox)
      .set({ status: "pending", attempts: 0, nextAttemptAt: sql`now()` })
      .where(and(eq(webhookInbox.webhookId, letter.webhookId), eq(webhookInbox.status, "failed")));
    replays.push({
      ...letter,
      outcome: await applyWebhook(letter.webhookId, { requestId, traceparent }),
    });
  }
  return replays;
}
