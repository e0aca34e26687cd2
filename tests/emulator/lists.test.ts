import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

function asker(of: PolarLife) {
  const ask = async (path: string) => {
    const response = await fetch(of.emulator.url + path, {
      headers: { authorization: `Bearer ${of.emulator.accessToken}` },
    });
    return { status: response.status, body: await response.json() };
  };
  /** How many objects a list holds. */
  const count = async (path: string) => (await ask(path)).body.pagination?.total_count;
  return { ask, count };
}
const ask = (path: string) => asker(life).ask(path);
const count = (path: string) => asker(life).count(path);

test("a value that a filter cannot have is 422, with the parameter and the value", async () => {
  for (const [path, type] of [
    ["orders?product_id=abc", "uuid_parsing"],
    ["orders?product_id=00000000-0000-1000-8000-000000000000", "uuid_version"],
    ["orders?status=foo", "enum"],
    ["orders?product_billing_type=foo", "enum"],
    ["subscriptions?status=foo", "enum"],
    ["subscriptions?cancel_at_period_end=maybe", "bool_parsing"],
    ["subscriptions?customer_cancellation_reason=foo", "enum"],
    ["checkouts?status=foo", "enum"],
    ["checkouts?customer_id=foo", "uuid_parsing"],
    ["customers?active=maybe", "bool_parsing"],
    ["products?visibility=foo", "enum"],
    ["products?is_archived=maybe", "bool_parsing"],
    ["benefits?type=foo", "enum"],
    ["benefits?exclude_id=foo", "uuid_parsing"],
    ["benefit-grants?is_granted=maybe", "bool_parsing"],
    ["events?source=foo", "enum"],
    ["customer-meters?meter_id=foo", "uuid_parsing"],
    ["license-keys?status=foo", "enum"],
    ["refunds?succeeded=maybe", "bool_parsing"],
    ["refunds?order_id=foo", "uuid_parsing"],
    ["webhooks/deliveries?event_type=foo", "literal_error"],
    ["webhooks/deliveries?succeeded=maybe", "bool_parsing"],
  ] as const) {
    const { status, body } = await ask(`/v1/${path}`);
    expect([path, status, body.detail?.[0]?.type]).toEqual([path, 422, type]);
    const [, name, input] = /\?(\w+)=(.*)/.exec(path) ?? [];
    expect(body.detail[0]).toMatchObject({ loc: expect.arrayContaining(["query", name]), input });
  }
});

test("every way to write a boolean means the same, and of several the last counts", async () => {
  await life.buy(life.products.plan, "lists");
  for (const yes of ["true", "True", "1", "on", "yes", "t", "Y"]) {
    expect(await count(`/v1/subscriptions?active=${yes}`)).toBe(1);
    expect(await count(`/v1/subscriptions?cancel_at_period_end=${yes}`)).toBe(0);
    expect(await count(`/v1/webhooks/deliveries?succeeded=${yes}`)).toBeGreaterThan(0);
  }
  for (const no of ["false", "False", "0", "off", "no", "f", "N"]) {
    expect(await count(`/v1/subscriptions?active=${no}`)).toBe(0);
    expect(await count(`/v1/subscriptions?cancel_at_period_end=${no}`)).toBe(1);
    expect(await count(`/v1/webhooks/deliveries?succeeded=${no}`)).toBe(0);
  }
  expect(await count("/v1/subscriptions?active=false&active=true")).toBe(1);
  const { plan, pack } = life.products;
  expect(await count(`/v1/orders?product_id=${plan.id}&product_id=${pack.id}`)).toBe(1);
  expect(await count(`/v1/orders?product_id=${plan.id.toUpperCase()}`)).toBe(1);
  expect(await count(`/v1/orders?product_id=${randomUUID()}`)).toBe(0);
});

test("orders and checkouts are found by date and by address, and everything by its organization", async () => {
  const { customer, checkout } = await life.buy(life.products.pack, "dated");
  const [order] = (await ask(`/v1/orders?customer_id=${customer.id}`)).body.items;
  const at = encodeURIComponent(order.created_at);
  const own = `/v1/orders?customer_id=${customer.id}`;
  expect(await count(`${own}&created_after=2020-01-01&created_before=2199-01-01T00:00:00`)).toBe(1);
  expect(await count(`${own}&created_after=${at}`)).toBe(0);
  expect(await count(`${own}&created_before=${at}`)).toBe(0);
  expect((await ask("/v1/orders?created_after=2026-02-30")).status).toBe(422);
  expect(await count("/v1/checkouts?query=DATED@")).toBe(1);
  expect(await count("/v1/checkouts?query=nobody@")).toBe(0);
  const mine = life.endpoint.organization_id;
  for (const list of [
    "orders",
    "products",
    "checkouts",
    "webhooks/endpoints",
    "refunds",
    "meters",
    "discounts",
    "customer-meters",
    "events",
  ]) {
    const all = await count(`/v1/${list}`);
    expect([list, await count(`/v1/${list}?organization_id=${mine}`)]).toEqual([list, all]);
    expect(await count(`/v1/${list}?organization_id=${randomUUID()}`)).toBe(0);
    expect((await ask(`/v1/${list}?organization_id=foo`)).status).toBe(422);
  }
  expect(checkout.organization_id).toBe(mine);
});

test("attempts are found by date, status and any part of an id or a status", async () => {
  // No second attempt comes between.
  const own = await polarLife({ backoffBaseMs: 600_000 });
  const { count, ask } = asker(own);
  await own.polar.customers.create({ email: "first@example.com" });
  await own.settle();
  const from = (await own.control<{ now: string }>("GET", "clock")).now;
  own.answer(500);
  await own.polar.customers.create({ email: "failing@example.com" });
  await own.settle();
  const deliveries = (query: string) => count(`/v1/webhooks/deliveries?${query}`);
  const start = `start_timestamp=${encodeURIComponent(from)}`;
  const all = await deliveries("limit=1");
  expect(await deliveries("http_code_class=5xx")).toBe(1);
  expect(await deliveries("http_code_class=2xx")).toBe(all - 1);
  expect(await deliveries("http_code_class=4xx")).toBe(0);
  const [failed] = (await ask("/v1/webhooks/deliveries?http_code_class=5xx")).body.items;
  expect(failed.http_code).toBe(500);
  expect(await deliveries(`query=${failed.id.slice(2, 20).toUpperCase()}`)).toBe(1);
  expect(await deliveries(`query=${failed.webhook_event.id}&succeeded=0`)).toBe(1);
  expect(await deliveries(`${start}&http_code_class=5xx`)).toBe(1);
  expect(await deliveries(`end_timestamp=${encodeURIComponent(from)}`)).toBeLessThan(all);
  for (const wrong of [
    "http_code_class=6xx",
    "start_timestamp=2026-01-01T00:00:00",
    "end_timestamp=x",
  ])
    expect((await ask(`/v1/webhooks/deliveries?${wrong}`)).status).toBe(422);
  await own.close();
});

test("products are sorted by their first price, and found by their benefits; benefits are left out by id", async () => {
  const own = await polarLife();
  const make = (name: string, price: Parameters<typeof own.polar.products.create>[0]["prices"]) =>
    own.polar.products.create({ name, prices: price });
  await make("Gift", [{ amount_type: "custom", minimum_amount: 5000 }]);
  await make("Cheap", [{ amount_type: "fixed", price_amount: 500 }]);
  const names = async (sorting: ("price_amount" | "-price_amount" | "price_amount_type")[]) =>
    (await own.polar.products.list({ sorting, is_recurring: false })).items.map(({ name }) => name);
  expect(await names(["price_amount"])).toEqual(["Cheap", "Pack", "Gift"]);
  expect(await names(["-price_amount"])).toEqual(["Gift", "Pack", "Cheap"]);
  expect((await names(["price_amount_type"]))[0]).toBe("Gift");
  const [benefit] = own.products.plan.benefits;
  const found = await own.polar.products.list({ benefit_id: benefit?.id ?? "" });
  expect(found.items.map(({ id }) => id).toSorted()).toEqual(
    [own.products.plan.id, own.products.trial.id].toSorted(),
  );
  const { items } = await own.polar.benefits.list({});
  const [first, ...others] = items.map(({ id }) => id);
  const left = await own.polar.benefits.list({ exclude_id: others });
  expect(left.items.map(({ id }) => id)).toEqual([first]);
  await own.close();
});
