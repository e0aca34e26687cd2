import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

async function ask(path: string) {
  const response = await fetch(life.emulator.url + path, {
    headers: { authorization: `Bearer ${life.emulator.accessToken}` },
  });
  return { status: response.status, body: await response.json() };
}

/** How many objects a list holds. */
const count = async (path: string) => (await ask(path)).body.pagination?.total_count;

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
