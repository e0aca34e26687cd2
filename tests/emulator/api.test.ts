import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(life.emulator.url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
      ...init.headers,
    },
  });

test("without the token it is 401, with an unknown id 404, and slashes at the end make no difference", async () => {
  const refused = await ask("/v1/products/", { headers: { authorization: "Bearer wrong" } });
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ error: "invalid_token" });
  const unknown = await ask("/v1/products/00000000-0000-4000-8000-000000000000");
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ error: "ResourceNotFound" });
  for (const [id, type] of [
    ["nothing", "uuid_parsing"],
    ["00000000-0000-1000-8000-000000000000", "uuid_version"],
  ]) {
    for (const path of [`products/${id}`, `orders/${id}/invoice`, `license-keys/${id}`]) {
      const malformed = await ask(`/v1/${path}`);
      expect(malformed.status).toBe(422);
      expect((await malformed.json()).detail).toMatchObject([
        { type, loc: ["path", "id"], input: id },
      ]);
    }
  }
  expect((await ask("/v1/customers/external/nothing")).status).toBe(404);
  expect((await ask(`/v1/products/${life.products.pack.id.toUpperCase()}`)).status).toBe(200);
  expect((await ask("/v1/products")).status).toBe(200);
  expect((await ask("/v1/products/")).status).toBe(200);
});

test("what it does not do it says, and never answers as if it did", async () => {
  for (const path of [
    "/v1/checkout-links/",
    "/v1/custom-fields/",
    "/v2/products",
    "/v1/orders/export",
    "/v1/subscriptions/export",
    "/v1/customers/export",
    "/v1/customers/top",
    "/v1/customers/growth",
  ]) {
    const response = await ask(path);
    expect(response.status).toBe(501);
    expect((await response.json()).detail).toContain(path);
  }
  const units = await ask("/v1/checkouts/", {
    method: "POST",
    body: JSON.stringify({ products: [life.products.pack.id], units: 3 }),
  });
  expect(units.status).toBe(501);
  expect((await units.json()).detail).toContain("units");
});

test("bad input gets Polar's 422 with the field, and changes nothing", async () => {
  const before = (await life.polar.products.list({})).pagination.total_count;
  const post = async (path: string, body: string) => {
    const response = await ask(path, { method: "POST", body });
    expect(response.status).toBe(422);
    return (await response.json()).detail as { loc: unknown[]; type: string }[];
  };
  expect((await post("/v1/products/", "{"))[0]?.type).toBe("json_invalid");
  const wrong = JSON.stringify({ name: "x", prices: [{ amount_type: "fixed" }] });
  expect((await post("/v1/products/", wrong)).map(({ loc }) => loc)).toEqual([
    ["body", "name"],
    ["body", "prices", 0, "price_amount"],
  ]);
  const future = new Date(Date.now() + 86_400_000).toISOString();
  const events = [
    { name: "code", external_customer_id: "x" },
    { name: "code", external_customer_id: "x", timestamp: future },
  ];
  const detail = await post("/v1/events/ingest", JSON.stringify({ events }));
  expect(detail[0]?.loc).toEqual(["body", "events", 1, "timestamp"]);
  expect((await life.polar.events.list({ name: "code" })).items).toEqual([]);
  expect((await life.polar.products.list({})).pagination.total_count).toBe(before);
});

test("a body counts as JSON only where its type says so", async () => {
  const body = JSON.stringify({ email: "typed@example.com" });
  const post = async (type: string | undefined) => {
    // A request without a type cannot be made of a string.
    const response = await fetch(`${life.emulator.url}/v1/customers/`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${life.emulator.accessToken}`,
        ...(type ? { "content-type": type } : {}),
      },
      body: Buffer.from(body),
    });
    return { status: response.status, detail: (await response.json()).detail };
  };
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    undefined,
  ])
    expect(await post(type)).toMatchObject({
      status: 422,
      detail: [{ type: "model_attributes_type", loc: ["body"], input: body }],
    });
  expect((await post("application/vnd.api+json; charset=utf-8")).status).toBe(201);
});

test("lists are paged, sorted and filtered, by metadata too", async () => {
  for (const name of ["Alpha", "Beta", "Gamma"])
    await life.polar.products.create({
      name,
      metadata: { letter: name.slice(0, 1), kind: "greek" },
      prices: [{ amount_type: "fixed", price_amount: 100 }],
    });
  const page = await life.polar.products.list({
    metadata: { kind: "greek" },
    sorting: ["-name"],
    limit: 2,
    page: 2,
  });
  expect(page.items.map(({ name }) => name)).toEqual(["Alpha"]);
  expect(page.pagination).toEqual({ total_count: 3, max_page: 2 });
  const found = await life.polar.products.list({ metadata: { letter: ["A", "G"] } });
  expect(found.items.map(({ name }) => name).sort()).toEqual(["Alpha", "Gamma"]);
});

test("a customer's external id stays, an address belongs to one, and a known address wins", async () => {
  const email = "Known@Example.com";
  const known = await life.polar.customers.create({ email, external_id: "known" });
  const again = life.polar.customers.create({ email: "known@example.com" });
  await expect(again).rejects.toMatchObject({ statusCode: 422 });
  const moved = life.polar.customers.update(known.id, { external_id: "other" });
  await expect(moved).rejects.toMatchObject({ statusCode: 422 });

  const checkout = await life.polar.checkouts.create({
    products: [life.products.pack.id],
    external_customer_id: "somebody-else",
    customer_email: "known@example.com",
  });
  await life.confirm(checkout);
  const { customer_id, status } = await life.polar.checkouts.get(checkout.id);
  expect({ customer_id, status }).toEqual({ customer_id: known.id, status: "succeeded" });
});

test("a second subscription is 403 once it is chosen or paid, a submitted checkout 403, an expired one 410", async () => {
  const { checkout } = await life.buy(life.products.plan, "one-only");
  const submitted = life.confirm(checkout);
  await expect(submitted).rejects.toMatchObject({ statusCode: 403 });
  const second = await life.polar.checkouts.create({
    products: [life.products.trial.id, life.products.pack.id],
    external_customer_id: "one-only",
  });
  expect(second.status).toBe("open");
  await expect(life.confirm(second)).rejects.toMatchObject({ statusCode: 403 });
  const rename = (product_id: string) =>
    life.polar.checkouts.update(second.id, { product_id, customer_name: "Ada" });
  await expect(rename(life.products.trial.id)).rejects.toMatchObject({ statusCode: 403 });
  expect((await rename(life.products.pack.id)).customer_name).toBe("Ada");
  const late = await life.polar.checkouts.create({ products: [life.products.pack.id] });
  await life.advance(1.1);
  await expect(life.confirm(late)).rejects.toMatchObject({ statusCode: 410 });
});

test("dates, the HTTP header's too, follow the simulated clock", async () => {
  const { now } = await life.control<{ now: string }>("GET", "clock");
  const header = (await ask("/v1/products/")).headers.get("date") ?? "";
  expect(Math.abs(Date.parse(now) - Date.parse(header))).toBeLessThan(2000);
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(86_400_000);
});

test("the clock moves to what falls due next, and no further; dates that mean nothing any more are passed over", async () => {
  const own = await polarLife();
  const { polar } = own;
  const next = async () =>
    (await own.control<{ now: string }>("POST", "clock/advance", { to_next: true })).now;
  // The checkout would have expired in a day, and this one ends without its period.
  await own.buy(own.products.plan, "revoked");
  const [ended] = (await polar.subscriptions.list({})).items;
  await polar.subscriptions.revoke(ended?.id ?? "");
  const { customer } = await own.buy(own.products.trial, "next-event");
  const [trial] = (await polar.subscriptions.list({ customer_id: customer.id })).items;
  const late = await polar.checkouts.create({ products: [own.products.pack.id] });
  expect(Math.abs(Date.parse(await next()) - Date.parse(late.expires_at))).toBeLessThan(5000);
  expect((await polar.checkouts.get(late.id)).status).toBe("expired");
  expect((await polar.subscriptions.get(trial?.id ?? "")).status).toBe("trialing");
  const now = await next();
  expect(Math.abs(Date.parse(now) - Date.parse(trial?.trial_end ?? ""))).toBeLessThan(5000);
  expect((await polar.subscriptions.get(trial?.id ?? "")).status).toBe("active");
  await own.close();
});

test("use is counted once by its external id, whatever the customer was called when it came", async () => {
  const events = [1, 2, 2].map((index) => ({
    name: "code",
    external_id: `use-${index}`,
    external_customer_id: "early",
    metadata: { units: 10 },
  }));
  expect(await life.polar.events.ingest({ events })).toEqual({ inserted: 2, duplicates: 1 });
  await life.polar.customers.create({ email: "early@example.com", external_id: "early" });
  await life.settle();
  const meters = await life.polar.customerMeters.list({ external_customer_id: "early" });
  expect(meters.items[0]).toMatchObject({ consumed_units: 20, credited_units: 0, balance: -20 });
});

test("a pack's credits roll over a renewal, as far as they are left", async () => {
  const { customer } = await life.buy(life.products.plan, "rolls");
  const pack = await life.polar.checkouts.create({
    products: [life.products.pack.id],
    customer_id: customer.id,
  });
  await life.confirm(pack);
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "rolls", metadata: { units: 5400 } }],
  });
  await life.advance(32);
  const meters = await life.polar.customerMeters.list({ customer_id: customer.id });
  expect(meters.items[0]).toMatchObject({ consumed_units: 0, credited_units: 5600 });
  const orders = await life.polar.orders.list({ customer_id: customer.id });
  expect(orders.items[0]).toMatchObject({ total_amount: 1900 });
});
