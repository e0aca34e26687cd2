import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { orders, reconcileRuns, subscriptions, usageEvents, webhookInbox } from "@/db/schema";
import { deleteAccounts } from "@/lib/account/deletion/perform";
import { requestDeletion } from "@/lib/account/deletion/request";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyInbox, applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { enqueue } from "@/lib/jobs/enqueue";
import { startWorker } from "@/lib/jobs/worker";
import { figures } from "@/lib/observability/metrics/figures";
import { scrape } from "@/lib/observability/metrics/scrape";
import { viewer } from "../support/buyer";
import { valuesIn, valuesOf } from "../support/exposition";
import { person } from "../support/people";
import { ownShop } from "../support/shop";
import { envelope, order, refund, signed, subscription } from "../support/webhooks";

const shop = ownShop();
const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";

async function deliver(type: string, data: unknown, at?: string): Promise<string> {
  const body = envelope(type, data, at);
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  return receipt.id;
}
const apply = async (...event: Parameters<typeof deliver>) =>
  expect(await applyWebhook(await deliver(...event))).toBe("applied");

test("checkouts, orders and revenue are counted as they are, and an account's deletion takes none away", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "pro-monthly");
  await pullWorkspace(who.workspaceId);
  const bought = await scrape();
  expect(valuesIn(bought, "polar_checkouts_created_total")).toEqual({
    'product="pack-1000"': 1,
    'product="pro-monthly"': 1,
  });
  expect(valuesIn(bought, "polar_orders_completed_total")).toEqual({
    'product="pack-1000",billing_reason="purchase"': 1,
    'product="pro-monthly",billing_reason="subscription_create"': 1,
  });
  const [paid] = await db().select({ net: sql<number>`sum(net_amount)::int` }).from(orders);
  expect(paid?.net).toBeGreaterThan(0);
  expect(valuesIn(bought, "polar_revenue_total")).toEqual({ 'currency="usd"': paid?.net });
  expect(valuesIn(bought, "polar_subscriptions_active")).toEqual({ "": 1 });

  expect(await requestDeletion(who, who.email)).toBeTruthy();
  await deleteAccounts();
  const [left] = await db()
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.workspaceId, who.workspaceId));
  expect(left).toBeUndefined();
  const after = await scrape();
  for (const name of [
    "polar_checkouts_created_total",
    "polar_orders_completed_total",
    "polar_revenue_total",
  ])
    expect(valuesIn(after, name)).toEqual(valuesIn(bought, name));
  expect(valuesIn(after, "polar_subscriptions_active")).toEqual({ "": 0 });
});

test("refunds and credit are counted beside the revenue; a refund that fails after all stays counted", async () => {
  const { id } = await person();
  const revenue = (await valuesOf("polar_revenue_total"))['currency="usd"'] ?? 0;
  const sale = order(id, { total_amount: 2000, tax_amount: 100, net_amount: 1900 });
  await apply("order.paid", sale);
  await apply("order.paid", order(id, { total_amount: -700, net_amount: -600, tax_amount: -100 }));
  await apply("order.paid", order(id, { currency: "eur", status: "pending", paid: false }));
  await apply("order.paid", order(id, { currency: "eur", total_amount: 900, product: null }));
  const given = refund(sale.id, { amount: 400, tax_amount: 20, status: "pending" });
  await apply("refund.created", given);
  expect(await valuesOf("polar_refunded_total")).toEqual({});
  const done = { ...given, status: "succeeded", modified_at: "2026-11-02T11:00:00.000000Z" };
  await apply("refund.updated", done);
  expect(await valuesOf("polar_refunded_total")).toEqual({ 'currency="usd"': 400 });
  const failed = { ...given, status: "failed", modified_at: "2026-11-03T11:00:00.000000Z" };
  await apply("refund.updated", failed);
  const now = await scrape();
  expect(valuesIn(now, "polar_refunded_total")).toEqual({ 'currency="usd"': 400 });
  expect(valuesIn(now, "polar_revenue_total")).toEqual({
    'currency="usd"': revenue + 1900,
    'currency="eur"': 900,
  });
  expect(valuesIn(now, "polar_credited_total")).toEqual({
    'currency="eur"': 0,
    'currency="usd"': 600,
  });
  expect(
    valuesIn(now, "polar_orders_completed_total")[
      'product="other",billing_reason="subscription_create"'
    ],
  ).toBe(1);
});

test("subscriptions that are active or trialing are active", async () => {
  const before = (await valuesOf("polar_subscriptions_active"))[""] ?? 0;
  for (const status of ["active", "trialing", "past_due", "canceled", "paused"])
    await apply("subscription.updated", subscription((await person()).id, { status }));
  expect((await valuesOf("polar_subscriptions_active"))[""]).toBe(before + 2);
});

test("the inbox shows how much waits, for how long, and when the last webhook came", async () => {
  const { id } = await person();
  const waiting = [await deliver("order.paid", order(id)), await deliver("order.paid", order(id))];
  await db()
    .update(webhookInbox)
    .set({ receivedAt: sql`now() - interval '100 seconds'` })
    .where(eq(webhookInbox.webhookId, waiting[0] ?? ""));
  const full = await scrape();
  expect(valuesIn(full, "polar_inbox_depth")).toEqual({ "": 2 });
  expect(valuesIn(full, "polar_inbox_lag_seconds")[""]).toBeGreaterThanOrEqual(100);
  const last = valuesIn(full, "polar_webhook_last_received_timestamp_seconds")[""] ?? 0;
  expect(Math.abs(Date.now() / 1000 - last)).toBeLessThan(60);
  await applyInbox();
  const empty = await scrape();
  expect(valuesIn(empty, "polar_inbox_depth")).toEqual({ "": 0 });
  expect(valuesIn(empty, "polar_inbox_lag_seconds")).toEqual({ "": 0 });
});

/** A use as it is stored. */
const used = (change: Partial<typeof usageEvents.$inferInsert> = {}) =>
  db()
    .insert(usageEvents)
    .values({
      workspaceId: randomUUID(),
      name: "qr_code.generated",
      units: 1,
      billableUnits: 1,
      idempotencyKey: randomUUID(),
      ...change,
    })
    .returning({ id: usageEvents.id });

test("the outbox shows how much Polar has not heard of, and for how long", async () => {
  await used({ occurredAt: new Date(Date.now() - 200_000) });
  await used();
  await used({ billableUnits: 0 });
  await used({ settledAt: new Date() });
  const now = await scrape();
  expect(valuesIn(now, "polar_outbox_depth")).toEqual({ "": 2 });
  expect(valuesIn(now, "polar_outbox_lag_seconds")[""]).toBeGreaterThanOrEqual(199);
  await db().update(usageEvents).set({ settledAt: new Date() });
  expect(await valuesOf("polar_outbox_lag_seconds")).toEqual({ "": 0 });
});

test("what was given up is counted by kind", async () => {
  const { id } = await person();
  const dead = await deliver("order.paid", order(id));
  await db().update(webhookInbox).set({ status: "failed" }).where(eq(webhookInbox.webhookId, dead));
  await used({ settledAt: new Date(), rejectedReason: "not a number" });
  await used({ settledAt: new Date(), rejectedReason: "not a number" });
  await enqueue(db(), "send_email", { emailId: randomUUID() }, { key: "dead" });
  const one = sql`where key = 'dead'`;
  await db().execute(sql`update graphile_worker._private_jobs set attempts = max_attempts ${one}`);
  expect(await valuesOf("polar_dead_letters")).toEqual({
    'kind="webhook"': 1,
    'kind="usage"': 2,
    'kind="job"': 1,
  });
  await db().execute(sql`delete from graphile_worker._private_jobs ${one}`);
});

test("differences from Polar are counted by cause, also after their runs were purged", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await reconcile();
  const found = await valuesOf("polar_reconcile_differences_total");
  expect(Object.values(found).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
  await db().delete(reconcileRuns);
  expect(await valuesOf("polar_reconcile_differences_total")).toEqual(found);
  await db().delete(orders).where(eq(orders.workspaceId, who.workspaceId));
  await reconcile({ workspaceId: who.workspaceId });
  const again = await valuesOf("polar_reconcile_differences_total");
  const grown = Object.keys(again).filter((label) => again[label] !== found[label]);
  expect(grown.map((label) => (again[label] ?? 0) - (found[label] ?? 0))).toEqual([1]);
});

test("jobs that are due are shown, and each run that fails is counted", async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
  const ago = new Date(Date.now() - 300_000);
  await enqueue(db(), "send_email", { emailId: "no uuid" }, { runAt: ago });
  await enqueue(
    db(),
    "send_email",
    { emailId: randomUUID() },
    { runAt: new Date(Date.now() + 9e6) },
  );
  const due = await scrape();
  expect(valuesIn(due, "app_jobs_depth")).toEqual({ "": 1 });
  expect(valuesIn(due, "app_jobs_lag_seconds")[""]).toBeGreaterThanOrEqual(299);
  expect(valuesIn(due, "app_job_failures_total")).toEqual({});
  const worker = await startWorker();
  await expect.poll(() => valuesOf("app_job_failures_total")).toEqual({ 'job="send_email"': 1 });
  await worker.stop();
});

test("each figure is read by an index once there are many rows", async () => {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    for (const { name, query } of figures) {
      const rows = await tx.execute<{ "QUERY PLAN": string }>(sql`explain ${query}`);
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      const small = /counters|_private_jobs|refunds/;
      const scans = plan.match(/Seq Scan on \S+/g)?.filter((scan) => !small.test(scan)) ?? [];
      expect(scans, `${name}\n${plan}`).toEqual([]);
    }
  });
});
