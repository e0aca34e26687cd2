import "server-only";
import { and, count, desc, eq, isNotNull, isNull, max } from "drizzle-orm";
import { db } from "@/db/client";
import { reconcileRuns, webhookInbox } from "@/db/schema";
import { settleAlert } from "@/lib/alerts/settle";
import { logger } from "@/lib/observability/logger";
import { type models, observed, polar } from "@/lib/polar";
import { findEndpoint, webhookUrl } from "./endpoint";

/** Polar delivers within seconds; after this long an order that no webhook told of is a sign of trouble. */
const expectedMinutes = 15;
const pageSize = 20;

/** How webhooks are doing, for whoever runs the app. */
export type WebhookStatus = {
  url: string;
  endpoint: "enabled" | "disabled" | "missing";
  lastReceivedAt: Date | null;
  /** An order at Polar that is old enough and that no webhook has told of; `since` is ISO 8601, UTC. */
  untoldOrder: { id: string; since: string } | null;
  /** In the inbox: not yet applied, and given up. */
  waiting: number;
  failed: number;
  lastReconciledAt: Date | null;
};

/**
 * The newest order that a webhook should have told of by now. Of a shop that sells fast the newest ones are
 * too young: twice as far back each time, a few calls find an old one among however many.
 */
async function findOldOrder() {
  for (let page = 1; ; ) {
    const { value, observedAt } = await observed(() =>
      polar().orders.list({ page, limit: pageSize, sorting: ["-created_at"] }),
    );
    const latest = Date.parse(observedAt) - expectedMinutes * 60_000;
    const order = value.items.find((each) => Date.parse(each.created_at) <= latest);
    const { max_page } = value.pagination;
    if (order || page >= max_page) return order;
    page = Math.min(page * 2, max_page);
  }
}

/** Such an order since the endpoint is there, if no webhook has told of it. */
async function findUntoldOrder(endpoint: models.WebhookEndpoint) {
  const order = await findOldOrder();
  if (!order || Date.parse(order.created_at) < Date.parse(endpoint.created_at)) return null;
  const [told] = await db()
    .select({ id: webhookInbox.webhookId })
    .from(webhookInbox)
    .where(eq(webhookInbox.objectId, order.id))
    .limit(1);
  return told ? null : { id: order.id, since: order.created_at };
}

async function inboxCount(status: "pending" | "failed"): Promise<number> {
  const [row] = await db()
    .select({ n: count() })
    .from(webhookInbox)
    .where(eq(webhookInbox.status, status));
  return row?.n ?? 0;
}

/**
 * Whether Polar still delivers here: it disables an endpoint whose ten latest events have all failed, and
 * what it had to deliver by then is skipped (polarsource/polar, webhook/service.py).
 *
 * @throws what Polar's API throws.
 */
export async function webhookStatus(): Promise<WebhookStatus> {
  const endpoint = await findEndpoint();
  const [received] = await db()
    .select({ at: max(webhookInbox.receivedAt) })
    .from(webhookInbox);
  const [run] = await db()
    .select({ at: reconcileRuns.finishedAt })
    .from(reconcileRuns)
    .where(and(isNull(reconcileRuns.workspaceId), isNotNull(reconcileRuns.finishedAt)))
    .orderBy(desc(reconcileRuns.startedAt))
    .limit(1);
  return {
    url: webhookUrl(),
    endpoint: !endpoint ? "missing" : endpoint.enabled ? "enabled" : "disabled",
    lastReceivedAt: received?.at ?? null,
    untoldOrder: endpoint ? await findUntoldOrder(endpoint) : null,
    waiting: await inboxCount("pending"),
    failed: await inboxCount("failed"),
    lastReconciledAt: run?.at ?? null,
  };
}

/** What is wrong, a sentence each, with the way out; nothing when all is well. */
export function complaintsOf(status: WebhookStatus): string[] {
  const complaints: string[] = [];
  if (status.endpoint === "missing")
    complaints.push(
      `Polar has no webhook endpoint for ${status.url}: npm run polar:sync -- --apply makes it.`,
    );
  if (status.endpoint === "disabled")
    complaints.push(
      "Polar has disabled the webhook endpoint, after its ten latest events failed: " +
        "npm run polar:status -- --enable turns it on again and fetches what was missed.",
    );
  if (status.untoldOrder)
    complaints.push(
      `No webhook has told of order ${status.untoldOrder.id} of ${status.untoldOrder.since}: ` +
        `can Polar reach ${status.url}? npm run polar:reconcile fetches what was missed.`,
    );
  if (status.failed > 0)
    complaints.push(
      `${status.failed} ${status.failed === 1 ? "webhook" : "webhooks"} could not be applied; no more attempts are made.`,
    );
  return complaints;
}

/**
 * Says in the log, at error level, what is wrong with webhooks, and alerts while Polar has no endpoint that it uses.
 */
export async function checkWebhooks(): Promise<void> {
  const status = await webhookStatus();
  const complaints = complaintsOf(status);
  const [first] = complaints;
  const finding =
    status.endpoint === "enabled" || !first
      ? null
      : { severity: "critical" as const, summary: first };
  await settleAlert("endpoint", async () => finding);
  for (const complaint of complaints) logger.error(status, complaint);
}

/** Turns our endpoint on at Polar again. @returns false when Polar has none. */
export async function enableEndpoint(): Promise<boolean> {
  const endpoint = await findEndpoint();
  if (!endpoint) return false;
  await polar().webhooks.updateWebhookEndpoint(endpoint.id, { enabled: true });
  return true;
}
