import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

async function ingest(event: Record<string, unknown>) {
  const response = await fetch(`${life.emulator.url}/v1/events/ingest`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ events: [{ name: "call", external_customer_id: "x", ...event }] }),
  });
  return { status: response.status, body: await response.json() };
}

const llm = {
  vendor: "v",
  model: "m",
  prompt: null,
  response: "hi",
  input_tokens: 1,
  output_tokens: 2,
  total_tokens: 3,
};

test("events with a date or metadata that Polar does not take are refused, with the field", async () => {
  for (const [event, field] of [
    [{ timestamp: "2026-01-01T00:00:00" }, "timestamp"],
    [{ timestamp: "2026-01-01" }, "timestamp"],
    [{ timestamp: "2026-02-30T00:00:00Z" }, "timestamp"],
    [{ timestamp: "2026-01-01T24:00:00Z" }, "timestamp"],
    [{ timestamp: null }, "timestamp"],
    [{ metadata: null }, "metadata"],
    [{ metadata: [] }, "metadata"],
    [{ metadata: { a: null } }, "a"],
    [{ metadata: { a: { b: 1 } } }, "a"],
    [{ metadata: { a: [1] } }, "a"],
    [{ metadata: { a: "" } }, "a"],
    [{ metadata: { a: "x".repeat(501) } }, "a"],
    [{ metadata: { _llm: "gpt" } }, "_llm"],
    [{ metadata: { _llm: { ...llm, total_tokens: undefined } } }, "total_tokens"],
    [{ metadata: { _llm: { ...llm, input_tokens: 1.5 } } }, "input_tokens"],
    [{ metadata: { _llm: { ...llm, vendor: null } } }, "vendor"],
    [{ metadata: { _cost: { amount: 1 } } }, "currency"],
    [{ metadata: { _cost: { amount: 1, currency: "eur" } } }, "currency"],
    [{ metadata: { _cost: { amount: "much", currency: "usd" } } }, "amount"],
    [{ metadata: { _cost: { amount: 123456, currency: "usd" } } }, "amount"],
    [{ metadata: { _cost: { amount: 1e-13, currency: "usd" } } }, "amount"],
  ] as const) {
    const { status, body } = await ingest(event);
    expect([event, status]).toEqual([event, 422]);
    expect(body.detail[0].loc).toEqual(expect.arrayContaining(["body", "events", 0, field]));
  }
  expect((await life.polar.events.list({ name: "call" })).items).toEqual([]);
});

test("what Polar takes is kept as it was sent", async () => {
  const metadata = {
    text: " x ",
    long: "x".repeat(500),
    number: 1.5,
    flag: false,
    _llm: llm,
    _cost: { amount: 0.123456789012, currency: "usd" },
  };
  expect((await ingest({ timestamp: "2026-01-01T02:00:00+02:00", metadata })).status).toBe(200);
  expect((await ingest({ timestamp: 1_700_000_000 })).status).toBe(200);
  const { items } = await life.polar.events.list({ name: "call" });
  expect(items.map(({ timestamp }) => timestamp)).toEqual([
    "2026-01-01T00:00:00.000000Z",
    "2023-11-14T22:13:20.000000Z",
  ]);
  expect(items[0]?.metadata).toEqual(metadata);
});
