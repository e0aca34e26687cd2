import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

async function ask(method: string, path: string, body?: string) {
  const response = await fetch(`${life.emulator.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const LISTS = [
  "products",
  "customers",
  "orders",
  "subscriptions",
  "checkouts",
  "benefits",
  "benefit-grants",
  "meters",
  "events",
  "customer-meters",
  "discounts",
  "refunds",
  "organizations",
];

test.each(LISTS)(
  "%s: a name both plain and bracketed, and names of JavaScript's own",
  async (list) => {
    const path = `/v1/${list}/`;
    for (const query of ["metadata=x&metadata[a]=b", "metadata[a]=b&metadata=x"])
      expect((await ask("GET", `${path}?${query}`)).status).toBeLessThan(500);
    for (const sorting of ["__proto__", "constructor", "-toString"])
      expect((await ask("GET", `${path}?sorting=${sorting}`)).status).toBe(422);
  },
);

test.each([
  ["benefits", { type: "constructor", description: "A benefit" }],
  ["discounts", { type: "__proto__", name: "A discount" }],
  ["products", { name: "Product", prices: [{ amount_type: "toString" }] }],
  [
    "meters",
    {
      name: "Meter",
      filter: { conjunction: "and", clauses: [] },
      aggregation: { func: "constructor" },
    },
  ],
])("%s: a kind that is a name of JavaScript's own is none", async (list, body) => {
  expect((await ask("POST", `/v1/${list}/`, JSON.stringify(body))).status).toBe(422);
});

test("nor is it a card", async () => {
  const checkout = await life.polar.checkouts.create({ products: [life.products.pack.id] });
  const body = JSON.stringify({ confirmation_token_id: "constructor" });
  const path = `/v1/checkouts/client/${checkout.client_secret}/confirm`;
  expect((await ask("POST", path, body)).status).toBe(422);
});

test("what is nested without end is refused", async () => {
  const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const event = (levels: number) =>
    `{"events":[{"name":"code","external_customer_id":"deep","metadata":{"a":${deep(levels)}}}]}`;
  expect((await ask("POST", "/v1/events/ingest", event(5000))).status).toBe(422);
  const filter = `${'{"conjunction":"and","clauses":['.repeat(5000)}${"]}".repeat(5000)}`;
  const meter = `{"name":"Deep","aggregation":{"func":"count"},"filter":${filter}}`;
  expect((await ask("POST", "/v1/meters/", meter)).status).toBe(422);
});

test.each([{ seconds: 1e18 }, { seconds: -1 }, { to: "9999-01-01" }, { to: "2000-01-01" }])(
  "the clock refuses %o",
  async (body) => {
    const now = async () => {
      const { text } = await ask("GET", "/_emulator/clock");
      return Date.parse((JSON.parse(text) as { now: string }).now);
    };
    const before = await now();
    expect((await ask("POST", "/_emulator/clock/advance", JSON.stringify(body))).status).toBe(422);
    expect((await now()) - before).toBeLessThan(3_600_000);
  },
);
