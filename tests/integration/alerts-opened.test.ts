import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import {
  alerts,
  orders,
  reconcileDifferences,
  reconcileRuns,
  subscriptions,
  usageEvents,
  webhookInbox,
} from "@/db/schema";
import { evaluateAlerts } from "@/lib/alerts/evaluate";
import { checkWebhooks } from "@/lib/billing/webhooks/status";
import { enqueue } from "@/lib/jobs/enqueue";
import { ago, ids, openKeys, watchedWorld, webhooks } from "../support/alerts";

const watched = watchedWorld();

async function found(): Promise<string[]> {
  await evaluateAlerts();
  return await openKeys();
}

test("webhooks that cannot be applied alert once there are five in an hour", async () => {
  const later = { nextAttemptAt: ago(-3600), lastError: "a fault of ours" };
  const some = await webhooks(4, later);
  const old = await webhooks(3, { ...later, receivedAt: ago(4000), status: "applied" });
  expect(await found()).toEqual([]);
  const one = await webhooks(1, later);
  expect(await found()).toEqual(["webhooks_failing"]);
  for (const remove of [some, old, one]) await remove();
});

const order = (placedAt: Date) => ({
  id: randomUUID(),
  versionAt: placedAt.toISOString(),
  observedAt: placedAt.toISOString(),
  status: "paid",
  billingReason: "purchase",
  description: "Pack",
  currency: "usd",
  netAmount: 100,
  taxAmount: 0,
  totalAmount: 100,
  dueAmount: 100,
  refundedAmount: 0,
  refundedTaxAmount: 0,
  paid: true,
  placedAt: placedAt.toISOString(),
});

test("no webhook for six hours alerts when there were orders in them", async () => {
  const old = await webhooks(1, { receivedAt: ago(7 * 3600), status: "applied" });
  await db().delete(webhookInbox).where(sql`received_at > now() - interval '6 hours'`);
  expect(await found()).toEqual([]);
  await db()
    .insert(orders)
    .values(order(ago(8 * 3600)));
  expect(await found()).toEqual([]);
  await db()
    .insert(orders)
    .values(order(ago(3600)));
  expect(await found()).toEqual(["webhooks_silent"]);
  const fresh = await webhooks(1, { status: "applied" });
  expect(await found()).toEqual([]);
  await db().delete(orders);
  await old();
  await fresh();
});

test("an inbox and an outbox that fall behind alert", async () => {
  const later = { nextAttemptAt: ago(-3600) };
  const young = await webhooks(1, { ...later, receivedAt: ago(280) });
  const use = (seconds: number) => ({
    workspaceId: "somebody",
    name: "qr_code.generated",
    units: 1,
    billableUnits: 1,
    idempotencyKey: randomUUID(),
    occurredAt: ago(seconds),
    claimedUntil: ago(-3600),
  });
  await db().insert(usageEvents).values(use(880));
  expect(await found()).toEqual([]);
  const old = await webhooks(1, { ...later, receivedAt: ago(320) });
  await db().insert(usageEvents).values(use(920));
  expect(await found()).toEqual(["inbox_lag", "outbox_lag"]);
  await db().delete(usageEvents);
  await young();
  await old();
});

test("what was given up alerts by kind, and a difference from Polar for two hours", async () => {
  const dead = await webhooks(1, { status: "failed" });
  await db().insert(usageEvents).values({
    workspaceId: "somebody",
    name: "qr_code.generated",
    units: 1,
    idempotencyKey: randomUUID(),
    settledAt: new Date(),
    rejectedReason: "not a number",
  });
  await enqueue(db(), "send_email", { emailId: randomUUID() }, { key: "dead", runAt: ago(-3600) });
  await db().execute(
    sql`update graphile_worker._private_jobs set attempts = max_attempts where key = 'dead'`,
  );
  const [run] = await db()
    .insert(reconcileRuns)
    .values({ mode: "repair", step: "unlisted", finishedAt: new Date() })
    .returning();
  const difference = {
    runId: run?.id ?? "",
    objectType: "order",
    objectId: "one",
    cause: "webhook_lost" as const,
    repaired: true,
  };
  await db()
    .insert(reconcileDifferences)
    .values([difference, { ...difference, at: ago(3 * 3600) }]);
  expect(await found()).toEqual(["dead_jobs", "dead_usage", "dead_webhooks", "differences"]);
  const [told] = await db().select().from(alerts).where(eq(alerts.key, "differences"));
  expect(told?.summary).toMatch(/: 1\.$/);
  await dead();
  await db().delete(usageEvents);
  await db().delete(reconcileRuns);
  await db().execute(sql`delete from graphile_worker._private_jobs where key = 'dead'`);
});

test("churn above one in twenty alerts, of at least twenty subscriptions", async () => {
  const subscription = (endedDaysAgo: number | null, startedDaysAgo = 60) => ({
    id: randomUUID(),
    versionAt: ago(0).toISOString(),
    observedAt: ago(0).toISOString(),
    productId: "pro",
    status: endedDaysAgo === null ? "active" : "canceled",
    amount: 1900,
    currency: "usd",
    interval: "month",
    currentPeriodStart: ago(0).toISOString(),
    cancelAtPeriodEnd: false,
    startedAt: ago(startedDaysAgo * 86_400).toISOString(),
    endedAt: endedDaysAgo === null ? null : ago(endedDaysAgo * 86_400).toISOString(),
  });
  const add = (rows: ReturnType<typeof subscription>[]) => db().insert(subscriptions).values(rows);
  await add([...ids(16).map(() => subscription(null)), subscription(10), subscription(20)]);
  await add([subscription(40), subscription(null, 5)]);
  expect(await found()).toEqual([]);
  await add([subscription(null), subscription(null)]);
  expect(await found()).toEqual(["churn"]);
  const [told] = await db().select().from(alerts).where(eq(alerts.key, "churn"));
  expect(told?.summary).toContain("10.0 %: 2 subscriptions ended in 30 days, of 20");
  await add(ids(20).map(() => subscription(null)));
  expect(await found()).toEqual([]);
  await db().delete(subscriptions);
});

test("an endpoint that Polar has disabled alerts, and Polar's outage neither opens nor resolves it", async () => {
  await checkWebhooks();
  expect(await openKeys()).toEqual([]);
  const endpoint = `/v1/webhooks/endpoints/${watched.endpointId}`;
  await watched.call("PATCH", endpoint, { enabled: false });
  await checkWebhooks();
  expect(await openKeys()).toEqual(["endpoint"]);
  await watched.call("PUT", "/_emulator/faults", { api: { fault: "error_503" } });
  await expect(checkWebhooks()).rejects.toThrow();
  expect(await openKeys()).toEqual(["endpoint"]);
  await watched.call("PUT", "/_emulator/faults", {});
  await watched.call("PATCH", endpoint, { enabled: true });
  await checkWebhooks();
});
