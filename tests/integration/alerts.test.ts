import { execFile } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
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
import { purgeAlerts } from "@/lib/alerts/purge";
import { settleAlert } from "@/lib/alerts/settle";
import { checkWebhooks } from "@/lib/billing/webhooks/status";
import { enqueue } from "@/lib/jobs/enqueue";
import { startWorker } from "@/lib/jobs/worker";
import { startReceiver } from "../support/receiver";
import { startSmtp } from "../support/smtp";
import { ownWorld, type World } from "../support/world";

type Delivery = { path: string; headers: IncomingHttpHeaders; body: string };

/** A receiver of alerts over HTTP. The next so many deliveries it answers 500. */
async function startListener() {
  const deliveries: Delivery[] = [];
  const state = { failing: 0 };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const fails = state.failing-- > 0;
    if (!fails) deliveries.push({ path: request.url ?? "", headers: request.headers, body });
    response.writeHead(fails ? 500 : 200).end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { deliveries, state, url, close: () => server.close() };
}

const secret = "a secret of alerts' own";
let world: World;
let polar: Awaited<ReturnType<typeof startReceiver>>;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let listener: Awaited<ReturnType<typeof startListener>>;
beforeAll(async () => {
  world = await ownWorld({ backoffBaseMs: 1 });
  smtp = await startSmtp();
  listener = await startListener();
  Object.assign(process.env, {
    SMTP_URL: smtp.url,
    ADMIN_EMAILS: "ada@example.com, grace@example.com",
    ALERT_SLACK_URL: `${listener.url}/slack`,
    ALERT_WEBHOOK_URL: `${listener.url}/webhook`,
    ALERT_WEBHOOK_SECRET: secret,
  });
  polar = await startReceiver(world);
});
afterEach(async () => {
  await evaluateAlerts();
  expect(await openKeys()).toEqual([]);
});
afterAll(async () => {
  polar.close();
  smtp.close();
  listener.close();
  await world.close();
  await closeDb();
});

async function openKeys(): Promise<string[]> {
  const rows = await db().select().from(alerts).where(sql`resolved_at is null`).orderBy(alerts.key);
  return rows.map(({ key }) => key);
}
async function found(): Promise<string[]> {
  await evaluateAlerts();
  return await openKeys();
}

const ids = (n: number) => Array.from({ length: n }, () => randomUUID());
async function webhooks(n: number, change: Partial<typeof webhookInbox.$inferInsert>) {
  const stored = ids(n);
  const rows = stored.map((webhookId) => ({ webhookId, type: "order.paid", ...change }));
  await db().insert(webhookInbox).values(rows);
  return () => db().delete(webhookInbox).where(inArray(webhookInbox.webhookId, stored));
}
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

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
  const endpoint = `/v1/webhooks/endpoints/${polar.endpointId}`;
  await world.call("PATCH", endpoint, { enabled: false });
  await checkWebhooks();
  expect(await openKeys()).toEqual(["endpoint"]);
  await world.call("PUT", "/_emulator/faults", { api: { fault: "error_503" } });
  await expect(checkWebhooks()).rejects.toThrow();
  expect(await openKeys()).toEqual(["endpoint"]);
  await world.call("PUT", "/_emulator/faults", {});
  await world.call("PATCH", endpoint, { enabled: true });
  await checkWebhooks();
});

test("opening and resolving are told once each, to every receiver, however often and wherever it is looked at", async () => {
  const worker = await startWorker();
  const dead = await webhooks(1, { status: "failed" });
  await enqueue(db(), "evaluate_alerts", {});
  await expect.poll(openKeys).toEqual(["dead_webhooks"]);
  await dead();
  await evaluateAlerts();
  await hurry();
  smtp.recipients.length = 0;
  listener.deliveries.length = 0;
  listener.state.failing = 1;
  const finding = { severity: "critical", summary: "Nothing is applied." } as const;
  await Promise.all(ids(8).map(() => settleAlert("test", async () => finding)));
  await settleAlert("test", async () => ({ ...finding, summary: "Still nothing is applied." }));
  await hurry();
  await Promise.all(ids(4).map(() => settleAlert("test", async () => null)));
  await hurry();
  expect(smtp.recipients.toSorted()).toEqual([
    "ada@example.com",
    "ada@example.com",
    "grace@example.com",
    "grace@example.com",
  ]);
  const at = (path: string) => listener.deliveries.filter((one) => one.path === path);
  const texts = at("/slack").map(({ body }) => JSON.parse(body).text);
  expect(texts.toSorted()).toEqual([
    expect.stringMatching(/^\[critical\] (Still n|N)othing is applied\.$/),
    "[resolved] Still nothing is applied.",
  ]);
  const events = at("/webhook").map(({ body, headers }) => {
    const stamp = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const mac = createHmac("sha256", secret).update(stamp).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${mac}`);
    return [JSON.parse(body).type, String(headers["webhook-id"])];
  });
  expect(events.map(([type]) => type).toSorted()).toEqual(["alert.opened", "alert.resolved"]);
  expect(new Set(events.map(([, id]) => id)).size).toBe(2);
  const rows = await db().select().from(alerts).where(eq(alerts.key, "test"));
  expect(rows).toHaveLength(1);
  await settleAlert("test", async () => finding);
  expect(await db().select().from(alerts).where(eq(alerts.key, "test"))).toHaveLength(2);
  await settleAlert("test", async () => null);
  await worker.stop();
});

async function waitingJobs(): Promise<number> {
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from graphile_worker.jobs
      where task_identifier in ('send_alert', 'send_email')`,
  );
  return row?.n ?? 0;
}
/** Waits until everybody is told, without the pauses between attempts. */
async function hurry(): Promise<void> {
  await expect
    .poll(async () => {
      await db().execute(sql`update graphile_worker._private_jobs set run_at = now()
        where attempts > 0 and locked_at is null and run_at > now()`);
      return await waitingJobs();
    })
    .toBe(0);
}

test("the command shows what is wrong and what was, and looks anew when asked", async () => {
  const run = async (...args: string[]) => {
    const started = execFile(
      process.execPath,
      ["--import", "./scripts/typescript.mjs", "scripts/alerts.ts", ...args],
      { env: process.env },
    );
    let output = "";
    started.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    const [code] = await once(started, "close");
    return { code, output };
  };
  const dead = await webhooks(2, { status: "failed" });
  const shown = await run("evaluate");
  expect(shown.code).toBe(1);
  expect(shown.output).toMatch(
    /WARNING {2}dead_webhooks\n {2}Webhooks given up \(npm run inbox\): 2\./,
  );
  expect(shown.output).toMatch(/1 open, \d+ over/);
  await dead();
  const over = await run("evaluate");
  expect(over).toMatchObject({ code: 0, output: expect.stringMatching(/0 open/) });
});

test("alerts that have long been over are forgotten, and one that is open is not", async () => {
  const finding = { severity: "warning", summary: "Long ago." } as const;
  const then = ago(91 * 86_400);
  await db()
    .insert(alerts)
    .values([
      { key: "old", ...finding, openedAt: then, resolvedAt: then },
      { key: "old", ...finding, openedAt: then },
    ]);
  await purgeAlerts();
  const left = await db().select().from(alerts).where(eq(alerts.key, "old"));
  expect(left.map(({ resolvedAt }) => resolvedAt)).toEqual([null]);
  await settleAlert("old", async () => null);
});
