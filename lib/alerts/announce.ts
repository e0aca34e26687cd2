import "server-only";
import type { Executor } from "@/db/client";
import type { alerts } from "@/db/schema";
import { queueEmail } from "@/lib/email/queue";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/jobs/enqueue";

export type Alert = typeof alerts.$inferSelect;
/** What is told of an alert, once each. */
export type AlertEvent = "opened" | "resolved";
/** Where it is told beside the mail. */
export type AlertChannel = "slack" | "webhook";

/** Asks, in the transaction that opens or resolves an alert, that everybody be told once. */
export async function announce(executor: Executor, alert: Alert, event: AlertEvent): Promise<void> {
  const { ADMIN_EMAILS, ALERT_SLACK_URL, ALERT_WEBHOOK_URL } = env();
  const { id, severity, summary } = alert;
  for (const recipient of new Set(ADMIN_EMAILS))
    await queueEmail(executor, {
      key: `alert:${id}:${event}:${recipient}`,
      workspaceId: null,
      recipient,
      template: "alert",
      props: { event, severity, summary },
    });
  const channels: AlertChannel[] = [];
  if (ALERT_SLACK_URL) channels.push("slack");
  if (ALERT_WEBHOOK_URL) channels.push("webhook");
  for (const channel of channels)
    await enqueue(executor, "send_alert", { alertId: id, event, channel });
}
