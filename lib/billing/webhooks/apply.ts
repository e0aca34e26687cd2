import "server-only";
import { and, eq, lte, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { withRequestId } from "@/lib/observability/logger";
import { metrics } from "@/lib/observability/metrics/process";
import { markFailed, type Span, SpanKind, traced } from "@/lib/observability/tracing/span";
import { readEnvelope, type VerifiedWebhook } from "@/lib/polar";
import { followUp } from "../follow-up";
import { formerOwner, isForgotten } from "../forgotten";
import type { MirrorKind } from "../mirror/rows";
import { schedulePull } from "../mirror/schedule-pull";
import { lockWorkspace, storeSnapshot } from "../mirror/store";
import { handledEvents } from "../sync/events";
import { recordFailure } from "./failure";
import { subjectOf } from "./subject";

/** What brought a webhook, on whose log lines and in whose trace it goes on; left out, what runs now. */
type Origin = { requestId?: string | null; traceparent?: string | null };

/** The kinds of object whose events carry a whole snapshot, by the part of the type before the dot. */
const kinds: Record<string, MirrorKind> = {
  customer: "customer",
  product: "product",
  checkout: "checkout",
  subscription: "subscription",
  order: "order",
  refund: "refund",
  benefit_grant: "benefit_grant",
};

/** What became of a webhook: `ignored` is of a type that carries no state of ours. */
export type Outcome = "applied" | "ignored";

async function applyEvent(executor: Executor, event: VerifiedWebhook): Promise<Outcome> {
  // The customer state has no version and leaves things out: it only says that something changed.
  if (event.type === "customer.state_changed") {
    const { workspaceId } = subjectOf(event.type, event.data);
    if (!workspaceId) return "applied";
    // As everywhere the workspace before the job, or two transactions wait for each other.
    await lockWorkspace(executor, workspaceId);
    await schedulePull(executor, workspaceId);
    return "applied";
  }
  const kind = kinds[event.type.split(".", 1)[0] ?? ""];
  if (!kind) return "ignored";
  const { row, changed } = await storeSnapshot(
    executor,
    kind,
    event.data,
    event.timestamp,
    event.id,
  );
  if (row) await followUp(executor, kind, row);
  const workspaceId = row?.workspaceId;
  if (kind === "customer" && changed && workspaceId) await schedulePull(executor, workspaceId);
  return "applied";
}

/** Whether an event tells of somebody whose account is deleted; a deletion that is just being made is waited for. */
async function tellsOfForgotten(executor: Executor, event: VerifiedWebhook): Promise<boolean> {
  const { customerId, workspaceId } = subjectOf(event.type, event.data);
  const owner = workspaceId ?? (customerId ? await formerOwner(executor, customerId) : null);
  if (owner === null) return false;
  await lockWorkspace(executor, owner);
  return await isForgotten(executor, owner);
}

/** Polar adds types without notice. */
const typeLabel = (type: string) =>
  (handledEvents as readonly string[]).includes(type) ? type : "other";

/**
 * Turns one stored webhook into state, in one transaction, once. A failure is recorded and tried again by
 * the `apply_inbox` job, further apart each time, up to ten times; then it is a dead letter (`failed`),
 * which `npm run inbox` shows and replays. Of whom an account is deleted, no body is kept.
 *
 * @returns what became of it; null when somebody else has settled it, or it failed.
 */
export async function applyWebhook(
  webhookId: string,
  { requestId, traceparent }: Origin = {},
): Promise<Outcome | null> {
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: { "polar.webhook_id": webhookId },
    parent: traceparent,
  };
  return await traced("apply", options, (span) =>
    requestId
      ? withRequestId(requestId, () => applyStored(webhookId, span))
      : applyStored(webhookId, span),
  );
}

/** Names the span by what it turned out to be; one that somebody else has settled stays nameless. */
function tell(span: Span, type: string, outcome: Outcome | "failed"): void {
  span.updateName(`apply ${type}`);
  span.setAttributes({ "polar.event": type, "polar.outcome": outcome });
  if (outcome === "failed") markFailed(span, "failed");
}

async function applyStored(webhookId: string, span: Span): Promise<Outcome | null> {
  const end = metrics().webhookDuration.startTimer();
  try {
    const settled = await db().transaction(async (tx) => {
      const [stored] = await tx
        .select()
        .from(webhookInbox)
        .where(and(eq(webhookInbox.webhookId, webhookId), eq(webhookInbox.status, "pending")))
        .for("update", { skipLocked: true });
      if (!stored?.body) return null;
      const event = readEnvelope(stored.webhookId, stored.body);
      if (!event) throw new Error("The stored body is not an event.");
      const outcome = await applyEvent(tx, event);
      await tx
        .update(webhookInbox)
        .set({
          status: outcome,
          settledAt: sql`now()`,
          attempts: stored.attempts + 1,
          lastError: null,
          ...((await tellsOfForgotten(tx, event)) ? { body: null } : {}),
        })
        .where(eq(webhookInbox.webhookId, webhookId));
      return { type: stored.type, outcome };
    });
    if (!settled) return null;
    tell(span, settled.type, settled.outcome);
    end({ type: typeLabel(settled.type), outcome: settled.outcome });
    return settled.outcome;
  } catch (error) {
    const type = await recordFailure(webhookId, error);
    if (type) {
      tell(span, type, "failed");
      end({ type: typeLabel(type), outcome: "failed" });
    }
    return null;
  }
}

/** Applies whatever is due in the inbox, oldest first. */
export async function applyInbox(): Promise<void> {
  for (;;) {
    const due = await db()
      .select({
        id: webhookInbox.webhookId,
        requestId: webhookInbox.requestId,
        traceparent: webhookInbox.traceparent,
      })
      .from(webhookInbox)
      .where(and(eq(webhookInbox.status, "pending"), lte(webhookInbox.nextAttemptAt, sql`now()`)))
      .orderBy(webhookInbox.receivedAt)
      .limit(100);
    let progress = 0;
    for (const { id, ...origin } of due) if (await applyWebhook(id, origin)) progress++;
    if (due.length < 100 || progress === 0) return;
  }
}
