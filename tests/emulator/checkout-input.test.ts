import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

async function post(path: string, body: object) {
  const response = await fetch(`${life.emulator.url}/v1/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const german = { country: "DE" };

test("a checkout is not made of what Polar refuses", async () => {
  const before = (await life.polar.checkouts.list({})).pagination.total_count;
  const { id } = life.products.pack;
  for (const [about, field, type] of [
    [
      { customer_tax_id: "garbage", customer_billing_address: german },
      "customer_tax_id",
      "value_error",
    ],
    [{ customer_tax_id: "DE123456789" }, "customer_billing_address", "missing"],
    [{ success_url: "not a url" }, "success_url", "url_parsing"],
    [{ success_url: "javascript:alert(1)" }, "success_url", "url_scheme"],
    [{ return_url: `https://example.com/${"x".repeat(2083)}` }, "return_url", "url_too_long"],
    [{ customer_ip_address: "1.2.3" }, "customer_ip_address", "ip_any_address"],
    [{ trial_interval: "day" }, "body", "missing"],
    [{ trial_interval_count: 3 }, "body", "missing"],
    [{ customer_billing_address: { country: "ZZ" } }, "country", "enum"],
    [{ customer_billing_address: { country: "KP" } }, "country", "enum"],
    [
      { customer_billing_address: { country: "US", state: "ZZ" } },
      "customer_billing_address",
      "value_error",
    ],
    [{ currency: "zzz" }, "currency", "enum"],
    [{ currency: "eur" }, "products", "value_error"],
    [{ locale: "not a language" }, "locale", "value_error"],
    [{ products: [id, id] }, "products", "value_error"],
  ] as const) {
    const answer = await post("checkouts/", { products: [id], ...about });
    expect([about, answer.status]).toEqual([about, 422]);
    expect(answer.body.detail[0]).toMatchObject({ type, loc: expect.arrayContaining([field]) });
  }
  expect((await life.polar.checkouts.list({})).pagination.total_count).toBe(before);
});

test("what it takes it keeps as Polar does", async () => {
  const made = await life.polar.checkouts.create({
    products: [life.products.plan.id],
    customer_tax_id: "DE 123 456 789",
    customer_billing_address: { country: "DE", city: "Berlin" },
    customer_ip_address: "2001:db8::1",
    success_url: "https://example.com/thanks?id={CHECKOUT_ID}",
    trial_interval: "day",
    trial_interval_count: 3,
    currency: "usd",
    locale: "de-CH",
  });
  expect(made).toMatchObject({
    customer_tax_id: "DE123456789",
    currency: "usd",
    success_url: `https://example.com/thanks?id=${made.id}`,
    trial_interval_count: 3,
  });
  const american = await post("checkouts/", {
    products: [life.products.pack.id],
    customer_billing_address: { country: "us", state: "CA" },
  });
  expect(american.body.customer_billing_address).toMatchObject({ country: "US", state: "US-CA" });
});

test("a product's pictures and custom fields are refused where there are none, and never dropped", async () => {
  const product = { name: "Poster", prices: [{ amount_type: "fixed", price_amount: 100 }] };
  const unknown = "11111111-1111-4111-8111-111111111111";
  for (const [attached, loc, type] of [
    [{ medias: ["x"] }, ["body", "medias", 0], "uuid_parsing"],
    [{ medias: [unknown] }, ["body", "medias", 0], "value_error"],
    [
      { attached_custom_fields: [{ custom_field_id: unknown, required: true }] },
      ["body", "attached_custom_fields", 0],
      "value_error",
    ],
    [
      { attached_custom_fields: [{ custom_field_id: unknown }] },
      ["body", "attached_custom_fields", 0, "required"],
      "missing",
    ],
  ] as const) {
    const made = await post("products/", { ...product, ...attached });
    expect(made.status).toBe(422);
    expect(made.body.detail[0]).toMatchObject({ loc, type });
    const changed = life.polar.products.update(life.products.pack.id, attached as object);
    await expect(changed).rejects.toMatchObject({ statusCode: 422 });
  }
  const nothing = { ...product, medias: [], attached_custom_fields: [] };
  expect((await post("products/", nothing)).status).toBe(201);
  expect((await post("products/", { ...product, medias: null })).status).toBe(201);
});

test("a product's trial has a unit and a count, or neither", async () => {
  const monthly = {
    name: "Plan",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 100 }],
  };
  for (const half of [{ trial_interval: "day" }, { trial_interval_count: 3 }]) {
    const { status, body } = await post("products/", { ...monthly, ...half });
    expect([status, body.detail?.[0]?.type]).toEqual([422, "missing"]);
  }
});
