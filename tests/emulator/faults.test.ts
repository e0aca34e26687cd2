import { connect } from "node:net";
import { webhooks } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeEach(async () => {
  life = await polarLife();
});
afterEach(() => life.close());

const faults = (settings: object) => life.control("PUT", "faults", settings);
const rename = (name: string) => life.polar.products.update(life.products.pack.id, { name });
const list = () =>
  fetch(`${life.emulator.url}/v1/products/`, {
    headers: { authorization: `Bearer ${life.emulator.accessToken}` },
  });
const create = (email: string) =>
  fetch(`${life.emulator.url}/v1/customers/`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ email }),
    signal: AbortSignal.timeout(400),
  }).then((response) => response.text());
const known = async (email: string) =>
  (await life.polar.customers.list({ email })).pagination.total_count;
const delivered = () =>
  expect
    .poll(async () => (await life.control<{ undelivered: number }>("GET", "webhooks")).undelivered)
    .toBe(0);
const data = (body = "") => JSON.parse(body).data as Record<string, unknown>;

test("errors are answered for as many calls, of as many paths, as was asked for", async () => {
  for (const [fault, status] of [
    ["error_500", 500],
    ["error_502", 502],
    ["error_503", 503],
  ] as const) {
    await faults({ api: { fault, remaining: 1, path: "/v1/products" } });
    await life.polar.customers.list({});
    expect((await list()).status).toBe(status);
    expect((await list()).status).toBe(200);
  }
});

test("a rate limit tells how long to wait, in a header and without a body, as Polar does", async () => {
  await faults({ api: { fault: "rate_limit", retry_after: 7, remaining: 2 } });
  const limited = await list();
  expect(limited.status).toBe(429);
  expect(limited.headers.get("retry-after")).toBe("7");
  expect(await limited.text()).toBe("");
  const error = life.polar.products.list({});
  await expect(error).rejects.toMatchObject({ statusCode: 429, retryAfter: 7 });
});

test("Polar's own limit lets a hundred calls a minute through in the sandbox, and refuses the rest", async () => {
  await faults({ api: { limit: "sandbox" } });
  const statuses: number[] = [];
  for (let index = 0; index < 103; index++) statuses.push((await list()).status);
  expect(statuses.indexOf(429)).toBe(100);
  expect(statuses.slice(100)).toEqual([429, 429, 429]);
  const wait = Number((await list()).headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  await faults({});
  expect((await list()).status).toBe(200);
});

test("a reset comes before the work, after it, or in the middle of the answer; a hang after it", async () => {
  for (const [fault, done] of [
    ["reset_before_work", 0],
    ["reset_before_answer", 1],
    ["reset", 1],
    ["hang", 1],
  ] as const) {
    const email = `${fault}@example.com`;
    await faults({ api: { fault, path: "/v1/customers" } });
    await expect(create(email)).rejects.toThrow();
    await faults({});
    expect(await known(email), fault).toBe(done);
  }
});

test("latency and its jitter hold answers back", async () => {
  await faults({ api: { latency_ms: 120, latency_jitter_ms: 40 } });
  const before = performance.now();
  await list();
  expect(performance.now() - before).toBeGreaterThanOrEqual(119);
});

test("a lost answer brings the delivery again, and a delay brings it later", async () => {
  await faults({ webhooks: { timeout: 1 } });
  await rename("Not heard");
  await expect.poll(life.arrived).toBeGreaterThan(1);
  await faults({});
  await delivered();
  const tries = life.take();
  expect(new Set(tries.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  const { items } = await life.polar.webhooks.listWebhookDeliveries({ succeeded: false });
  expect(items[0]).toMatchObject({ http_code: null });

  await faults({ webhooks: { delay_ms: 150 } });
  const before = performance.now();
  await rename("Late");
  await expect.poll(life.arrived, { interval: 5 }).toBe(1);
  expect(performance.now() - before).toBeGreaterThanOrEqual(149);
});

test("unknown fields, values and types come each on its own", async () => {
  const cancel = async (cancel_at_period_end: boolean) => {
    const [subscription] = (await life.polar.subscriptions.list({})).items;
    await life.polar.subscriptions.update(subscription?.id ?? "", { cancel_at_period_end });
    await life.settle();
    return life.take();
  };
  await life.buy(life.products.plan, "later");
  life.take();
  await faults({ webhooks: { unknown_field: 1 } });
  const [field] = await cancel(true);
  expect(data(field?.body)).toMatchObject({ from_the_future: {}, status: "active" });
  expect(data(field?.body).customer_cancellation_reason).toBeNull();

  await faults({ webhooks: { unknown_enum: 1 } });
  const [value] = await cancel(false);
  expect(data(value?.body)).not.toHaveProperty("from_the_future");
  expect(data(value?.body)).toMatchObject({
    customer_cancellation_reason: "from_the_future",
    status: "active",
  });

  await faults({ webhooks: { unknown_type: 1 } });
  const types = (await cancel(true)).map(({ body }) => JSON.parse(body).type);
  expect(types.filter((type) => type === "mystery.happened")).toHaveLength(types.length / 2);
  for (const each of [field, value])
    if (each) await webhooks.validateEvent(each.body, each.headers, life.endpoint.secret);
});

test("a share of deliveries is lost, badly signed and doubled: the same share of the same ones each time", async () => {
  const settings = {
    seed: 5,
    webhooks: { drop_share: 0.3, duplicate: 0.4, bad_signature: 0.3, timeout: 0.2 },
  };
  const run = async () => {
    await life.close();
    life = await polarLife();
    await faults(settings);
    for (let index = 0; index < 30; index++) await rename(`Name ${index}`);
    await life.settle();
    await faults({});
    await delivered();
    const seen = new Map<string, string[]>();
    for (const { body, headers } of life.take()) {
      const name = String(data(body).name);
      const bad = headers["webhook-signature"] === "v1,bm90IHNpZ25lZA==";
      seen.set(name, [...(seen.get(name) ?? []), bad ? "bad" : "good"]);
    }
    return [...seen].sort(([a], [b]) => a.localeCompare(b));
  };
  const first = await run();
  expect(first.length).toBeLessThan(30);
  expect(new Set(first.map(([, tries]) => tries.join())).size).toBeGreaterThan(2);
  expect(await run()).toEqual(first);
  settings.seed = 6;
  expect(await run()).not.toEqual(first);
});

test("another call in between changes nothing of what a call meets", async () => {
  const drawn = async (between: () => Promise<unknown>) => {
    await faults({ seed: 3, api: { fault: "error_503", share: 0.5 } });
    const statuses: number[] = [];
    for (let index = 0; index < 20; index++) {
      statuses.push((await list()).status);
      await between();
    }
    return statuses;
  };
  const alone = await drawn(async () => {});
  expect(new Set(alone)).toEqual(new Set([200, 503]));
  expect(await drawn(() => life.polar.customers.list({}).catch(() => {}))).toEqual(alone);
});

test("what is no fault is refused by name, and nothing is switched on", async () => {
  for (const [settings, loc] of [
    [{ webhooks: { duplicates: 1 } }, ["body", "webhooks", "duplicates"]],
    [{ latency: 5 }, ["body", "latency"]],
    [{ webhooks: { duplicate: 2 } }, ["body", "webhooks", "duplicate"]],
  ] as const) {
    const response = await fetch(`${life.emulator.url}/_emulator/faults`, {
      method: "PUT",
      headers: { authorization: `Bearer ${life.emulator.accessToken}` },
      body: JSON.stringify(settings),
    });
    expect(response.status).toBe(422);
    expect((await response.json()).detail[0].loc).toEqual(loc);
  }
  expect(await life.control("GET", "faults")).toMatchObject({ webhooks: { duplicate: 0 } });
});

test("an address that cannot be read is 400, and the next call is answered", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(life.emulator.port, "127.0.0.1");
  socket.on("data", (chunk) => resolve(String(chunk)));
  socket.write("GET /v1/products/%E0%A4%A HTTP/1.1\r\nhost: x\r\n\r\n");
  expect(await promise).toContain("400");
  socket.destroy();
  expect((await list()).status).toBe(200);
});
