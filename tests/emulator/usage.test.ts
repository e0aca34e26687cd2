import type { models } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
  await life.polar.events.ingest({
    events: [
      used("a", "2026-03-28T22:30:00Z", 5, { external_id: "root" }),
      used("a", "2026-03-29T00:30:00Z", 2, { parent_id: "root", external_id: "child" }),
      used("b", "2026-03-29T10:00:00Z", 9, { parent_id: "child" }),
      used("b", "2026-04-02T10:00:00Z", 1, {}),
      { ...used("b", "2026-04-02T11:00:00Z", 70, {}), name: "other" },
    ],
  });
});
afterAll(() => life.close());

function used(customer: string, timestamp: string, units: number, more: object) {
  return {
    name: "code",
    external_customer_id: customer,
    timestamp,
    metadata: { units, plan: customer === "a" ? "pro" : "free" },
    ...more,
  };
}

const range = { start_timestamp: "2026-03-28T00:00:00Z", end_timestamp: "2026-04-03T00:00:00Z" };
const meterOf = (
  aggregation: models.CountAggregation | models.PropertyAggregation | models.UniqueAggregation,
) =>
  life.polar.meters.create({
    name: `Meter of ${aggregation.func}`,
    filter: { conjunction: "and", clauses: [{ property: "name", operator: "eq", value: "code" }] },
    aggregation,
  });

test.each([
  ["count", { func: "count" }, [1, 2, 0, 0, 0, 1, 0], 4],
  ["sum", { func: "sum", property: "units" }, [5, 11, 0, 0, 0, 1, 0], 17],
  ["max", { func: "max", property: "units" }, [5, 9, 0, 0, 0, 1, 0], 9],
  ["min", { func: "min", property: "units" }, [5, 2, 0, 0, 0, 1, 0], 0],
  ["avg", { func: "avg", property: "units" }, [5, 5.5, 0, 0, 0, 1, 0], 4.25],
  ["unique", { func: "unique", property: "plan" }, [1, 2, 0, 0, 0, 1, 0], 2],
] as const)("quantities by day: %s", async (_, aggregation, byDay, total) => {
  const meter = await meterOf(aggregation);
  const found = await life.polar.meters.quantities(meter.id, { ...range, interval: "day" });
  expect(found.quantities.map(({ quantity }) => quantity)).toEqual(byDay);
  expect(found.total).toBe(total);
});

test("a day is that of the time zone, also where the clocks change", async () => {
  const { quantities } = await life.polar.meters.quantities(life.meter.id, {
    ...range,
    start_timestamp: "2026-03-27T23:00:00Z",
    interval: "day",
    timezone: "Europe/Berlin",
  });
  expect(quantities.slice(0, 3)).toEqual([
    { timestamp: "2026-03-27T23:00:00.000000Z", quantity: 5 },
    { timestamp: "2026-03-28T23:00:00.000000Z", quantity: 11 },
    { timestamp: "2026-03-29T22:00:00.000000Z", quantity: 0 },
  ]);
});

test("quantities of one customer, of some metadata, and combined over customers", async () => {
  const total = async (more: object) =>
    (await life.polar.meters.quantities(life.meter.id, { ...range, interval: "day", ...more }))
      .total;
  expect(await total({ external_customer_id: "a" })).toBe(7);
  expect(await total({ metadata: { plan: "free" } })).toBe(10);
  expect(await total({ interval: "month", customer_aggregation_function: "max" })).toBe(9);
  // The week of 2 April begins after the last whole week from the start: Polar leaves it out.
  expect(await total({ interval: "week" })).toBe(16);
});

test.each([
  [
    "too long for its interval",
    { ...range, end_timestamp: "2026-05-01T00:00:00Z", interval: "hour" },
  ],
  [
    "backwards",
    { start_timestamp: range.end_timestamp, end_timestamp: range.start_timestamp, interval: "day" },
  ],
  ["before Polar", { ...range, start_timestamp: "2020-01-01T00:00:00Z", interval: "year" }],
  ["in no time zone", { ...range, interval: "day", timezone: "Mars/Olympus" as "UTC" }],
] as const)("a range %s is refused", async (_, query) => {
  await expect(life.polar.meters.quantities(life.meter.id, query)).rejects.toMatchObject({
    statusCode: 422,
  });
});

test("events are found by meter, filter, text, parent and depth", async () => {
  const list = async (query: object) => {
    const { items } = await life.polar.events.list({
      limit: 100,
      sorting: ["timestamp"],
      ...query,
    });
    return items.filter(({ source }) => source === "user").map(unitsOf);
  };
  const [root] = (await life.polar.events.list({ sorting: ["timestamp"] })).items;
  expect(root?.child_count).toBe(1);
  const large = JSON.stringify({
    conjunction: "or",
    clauses: [
      { property: "units", operator: "gte", value: 9 },
      { property: "units", operator: "eq", value: 1 },
    ],
  });
  expect(await list({})).toEqual([5, 2, 9, 1, 70]);
  expect(await list({ meter_id: life.meter.id })).toEqual([5, 2, 9, 1]);
  expect(await list({ filter: large })).toEqual([9, 1, 70]);
  expect(await list({ query: "OTH" })).toEqual([70]);
  expect(await list({ metadata: { plan: "pro" } })).toEqual([5, 2]);
  expect(await list({ depth: 0 })).toEqual([5, 1, 70]);
  expect(await list({ depth: 1 })).toEqual([5, 2, 1, 70]);
  expect(await list({ parent_id: root?.id, depth: 1 })).toEqual([5, 2]);
  expect(await list({ parent_id: root?.id })).toEqual([2]);
  await expect(list({ filter: "{" })).rejects.toMatchObject({ statusCode: 422 });
  await expect(list({ depth: 6 })).rejects.toMatchObject({ statusCode: 422 });
});

const unitsOf = ({ metadata }: models.Event) => (metadata as { units?: number }).units;
