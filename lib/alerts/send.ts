import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { alerts } from "@/db/schema";
import { once } from "@/lib/billing/side-effects";
import { env } from "@/lib/env";
import { signedHeaders } from "@/lib/http/standard-webhook";
import type { Alert, AlertChannel, AlertEvent } from "./announce";

const patienceMs = 10_000;

type Message = { url: string; body: string; headers: Record<string, string> };

/** Slack's incoming webhooks take a text, and so do those made after them. */
function forSlack({ severity, summary }: Alert, event: AlertEvent): Message {
  const text = event === "opened" ? `[${severity}] ${summary}` : `[resolved] ${summary}`;
  return { url: env().ALERT_SLACK_URL ?? "", body: JSON.stringify({ text }), headers: {} };
}

/** Signed as Polar signs its own webhooks (Standard Webhooks); the id is the same however often it is sent. */
function forWebhook(alert: Alert, event: AlertEvent): Message {
  const { id, key, severity, summary, openedAt, resolvedAt } = alert;
  const body = JSON.stringify({
    type: `alert.${event}`,
    data: { id, key, severity, summary, opened_at: openedAt, resolved_at: resolvedAt },
  });
  const headers = signedHeaders(
    { id: `alert-${id}-${event}`, body },
    env().ALERT_WEBHOOK_SECRET ?? "",
  );
  return { url: env().ALERT_WEBHOOK_URL ?? "", body, headers };
}

/**
 * Tells one receiver of one event, once: what has been told is noted in the transaction that waits for the answer.
 * Should the process die between the two, a webhook's id tells its receiver that it is the same.
 *
 * @throws when the receiver cannot be reached or does not answer 2xx; the job engine tries again.
 */
export async function sendAlert(
  alertId: number,
  event: AlertEvent,
  channel: AlertChannel,
): Promise<void> {
  await db().transaction(async (tx) => {
    const [alert] = await tx.select().from(alerts).where(eq(alerts.id, alertId));
    if (!alert || !(await once(tx, `alert:${alertId}:${event}:${channel}`))) return;
    const { url, body, headers } =
      channel === "slack" ? forSlack(alert, event) : forWebhook(alert, event);
    // Taken out of the settings meanwhile.
    if (!url) return;
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`The ${channel} receiver of alerts answered ${answer.status}.`);
  });
}
