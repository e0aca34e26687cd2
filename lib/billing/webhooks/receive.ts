import "server-only";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { env } from "@/lib/env";
import { currentRequestId } from "@/lib/observability/logger";
import { currentTraceparent, SpanKind, traced } from "@/lib/observability/tracing/span";
import { type VerifiedWebhook, verifyWebhook } from "@/lib/polar";
import { subjectOf } from "./subject";
import { traceOf } from "./trace";

export type Receipt =
  | { status: "stored"; id: string; type: string; traceparent: string | null }
  | { status: "forged" }
  | { status: "malformed" };

function objectIdOf(data: unknown): string | null {
  const id = typeof data === "object" && data !== null && "id" in data ? data.id : null;
  return typeof id === "string" ? id : null;
}

/**
 * Takes in one delivery: verifies the raw bytes and stores them under the webhook's id, so that a repeated
 * delivery is stored once. Of whatever type: what we do not handle today we may want tomorrow. A dead letter
 * that Polar delivers again, as its dashboard's Redeliver does, is taken up again as it comes now.
 *
 * @throws when the database fails; the caller must answer so that Polar delivers again.
 */
export async function receiveWebhook(body: string, headers: Headers): Promise<Receipt> {
  const event = await verifyWebhook(body, headers, env().POLAR_WEBHOOK_SECRET);
  if (event === "forged" || event === "malformed") return { status: event };
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: { "polar.event": event.type, "polar.webhook_id": event.id },
    parent: await traceOf(event),
  };
  return await traced(`receive ${event.type}`, options, async () => {
    const traceparent = currentTraceparent();
    await store(event, body, traceparent);
    return { status: "stored", id: event.id, type: event.type, traceparent };
  });
}

async function store(
  event: VerifiedWebhook,
  body: string,
  traceparent: string | null,
): Promise<void> {
  await db()
    .insert(webhookInbox)
    .values({
      webhookId: event.id,
      type: event.type,
      objectId: objectIdOf(event.data),
      customerId: subjectOf(event.type, event.data).customerId,
      body,
      requestId: currentRequestId() ?? null,
      traceparent,
    })
    .onConflictDoUpdate({
      target: webhookInbox.webhookId,
      set: {
        body,
        objectId: objectIdOf(event.data),
        status: "pending",
        attempts: 0,
        nextAttemptAt: sql`now()`,
      },
      setWhere: eq(webhookInbox.status, "failed"),
    });
}
