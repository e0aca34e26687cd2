import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { allows } from "@/lib/billing/entitlements";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { answerScrape } from "@/lib/observability/metrics/answer";
import { scrape } from "@/lib/observability/metrics/scrape";
import { timeReceipt } from "@/lib/observability/metrics/webhooks";
import { polar } from "@/lib/polar";
import { reserve } from "@/lib/usage/reserve";
import { anyPort } from "@/scripts/local/ports";
import { valuesIn, valuesOf } from "../support/exposition";
import { person } from "../support/people";
import { ownShop } from "../support/shop";
import { use } from "../support/use";
import { envelope, order, signed, subscription } from "../support/webhooks";
import { launchWorker } from "../support/worker-process";

const shop = ownShop();
const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
const token = `a-token-of-the-test-${randomUUID()}`;

beforeAll(() => {
  process.env.METRICS_TOKEN = token;
});

async function deliver(type: string, data: unknown): Promise<string> {
  const body = envelope(type, data);
  const headers = new Headers(signed(body, secret));
  const receipt = await timeReceipt(() => receiveWebhook(body, headers));
  return receipt.status === "stored" ? receipt.id : receipt.status;
}

test("how long it takes to apply a webhook is told by type and outcome; types of Polar's to come share one", async () => {
  await applyWebhook(await deliver("subscription.active", subscription((await person()).id)));
  await applyWebhook(await deliver("order.paid", { id: "no order" }));
  for (const type of ["moon.landed", "moon.left"]) await applyWebhook(await deliver(type, {}));
  const twice = await deliver("order.paid", order((await person()).id));
  await applyWebhook(twice);
  await applyWebhook(twice);
  expect(await valuesOf("polar_webhook_duration_seconds_count")).toEqual({
    'type="subscription.active",outcome="applied"': 1,
    'type="order.paid",outcome="failed"': 1,
    'type="order.paid",outcome="applied"': 1,
    'type="other",outcome="ignored"': 2,
  });
});

test("how long Polar waits for our answer is told by what became of the delivery", async () => {
  const before = await valuesOf("polar_webhook_receipt_duration_seconds_count");
  const receive = (body: string, key: string) =>
    timeReceipt(() => receiveWebhook(body, new Headers(signed(body, key))));
  await receive("{}", `whsec_${Buffer.from("not ours").toString("base64")}`);
  await receive("[]", secret);
  const body = envelope("order.paid", { id: "a\0b" });
  await expect(receive(body, secret)).rejects.toThrow();
  expect(await valuesOf("polar_webhook_receipt_duration_seconds_count")).toEqual({
    ...before,
    'outcome="forged"': 1,
    'outcome="malformed"': 1,
    'outcome="failed"': 1,
  });
});

test("calls to Polar are counted by endpoint and status, each attempt by itself, and those that are repeated", async () => {
  const id = randomUUID();
  await expect(polar().customers.getExternal(id)).rejects.toThrow();
  await expect(polar().customers.getExternal("orders")).rejects.toThrow();
  const endpoint = 'endpoint="GET /v1/customers/external/{id}"';
  expect(await valuesOf("polar_api_calls_total")).toMatchObject({
    [`${endpoint},status="404"`]: 2,
  });
  await shop.buyer.faults({ api: { fault: "error_503", remaining: 1, path: "/v1/customers" } });
  await expect(polar().customers.getExternal(id)).rejects.toThrow();
  expect(await valuesOf("polar_api_calls_total")).toMatchObject({
    [`${endpoint},status="404"`]: 3,
    [`${endpoint},status="503"`]: 1,
  });
  expect(await valuesOf("polar_api_retries_total")).toEqual({ [endpoint]: 1 });
  await shop.buyer.faults();
  expect(await scrape()).not.toContain(id);
});

test("what a plan does not include is counted by reason", async () => {
  const { id } = await person();
  expect(allows({ features: [] }, "custom_qr")).toBe(false);
  expect(allows({ features: ["custom_qr"] }, "custom_qr")).toBe(true);
  expect((await use(id, 1)).ok).toBe(true);
  expect((await use(id, 1_000_000)).ok).toBe(false);
  const idempotencyKey = randomUUID();
  const held = await reserve(id, "qr_code.generated", { units: 1_000_000 }, { idempotencyKey });
  expect(held.ok).toBe(false);
  expect(await valuesOf("polar_entitlement_denials_total")).toEqual({
    'reason="custom_qr"': 1,
    'reason="allowance"': 2,
  });
});

test("only who sends the token gets metrics; without one there are none", async () => {
  const ask = async (authorization: string | null, own: string | undefined = token) => {
    const response = await answerScrape(authorization, own);
    return [response.status, await response.text()] as const;
  };
  for (const wrong of [
    null,
    "",
    "Bearer",
    "Bearer ",
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
  ]) {
    const [status, text] = await ask(wrong);
    expect(status, String(wrong)).toBe(401);
    expect(text).toContain("METRICS_TOKEN");
    expect(text).not.toContain("polar_");
  }
  for (const given of [null, "Bearer ", `Bearer ${token}`]) {
    const response = await answerScrape(given, undefined);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("METRICS_TOKEN is not set");
  }
  const [status, text] = await ask(`Bearer ${token}`);
  expect(status).toBe(200);
  expect(valuesIn(text, "app_database_up")).toEqual({ "": 1 });
  expect(text).not.toContain(token);
});

/** Takes connections and says nothing, as a database behind a broken network does. */
async function startSilence() {
  const open = new Set<Socket>();
  let calls = 0;
  const server = createServer((socket) => {
    calls++;
    open.add(socket.on("error", () => {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    calls: () => calls,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

test("a database that hangs is told of in time, once for many scrapes, and the process's own figures stay", async () => {
  const before = process.env.DATABASE_URL ?? "";
  const silence = await startSilence();
  await closeDb();
  process.env.DATABASE_URL = `postgres://nobody@127.0.0.1:${silence.port}/nothing`;
  const started = performance.now();
  const answers = await Promise.all([scrape(), scrape(), scrape()]);
  expect(performance.now() - started).toBeLessThan(9_000);
  expect(silence.calls()).toBe(1);
  silence.close();
  for (const text of answers) {
    expect(valuesIn(text, "app_database_up")).toEqual({ "": 0 });
    expect(valuesIn(text, "polar_api_calls_total")).not.toEqual({});
    expect(text).not.toContain("polar_inbox_depth");
  }
  await closeDb();
  process.env.DATABASE_URL = before;
  await expect.poll(() => valuesOf("app_database_up")).toEqual({ "": 1 });
});

test("a query that hangs ends with the scrape", async () => {
  const blocker = await db().$client.reserve();
  await blocker`begin`;
  await blocker`lock table webhook_inbox in access exclusive mode`;
  expect(await valuesOf("app_database_up")).toEqual({ "": 0 });
  await blocker`rollback`;
  blocker.release();
  await expect.poll(() => valuesOf("app_database_up")).toEqual({ "": 1 });
});

test("a worker serves its own metrics on a port of its own, to who sends the token", async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
  const port = await anyPort();
  const { child } = await launchWorker({ ...process.env, METRICS_PORT: String(port) });
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask("/metrics")).status).toBe(401);
  expect((await ask("/metrics", { headers, method: "POST" })).status).toBe(405);
  expect((await ask("/", { headers })).status).toBe(404);

  const id = await deliver("order.paid", order((await person()).id));
  await db().execute(sql`select graphile_worker.add_job('apply_inbox')`);
  const stored = eq(webhookInbox.webhookId, id);
  await expect
    .poll(async () => (await db().select().from(webhookInbox).where(stored))[0]?.status)
    .toBe("applied");
  const count = async () =>
    valuesIn(
      await (await ask("/metrics", { headers })).text(),
      "polar_webhook_duration_seconds_count",
    );
  await expect.poll(count).toMatchObject({ 'type="order.paid",outcome="applied"': 1 });
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
}, 60_000);
