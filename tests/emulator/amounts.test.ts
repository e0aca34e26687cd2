import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

// Amounts that Polar's own server (polarsource/polar c6c3645) has charged in the same circumstances.
let life: PolarLife;
const to = (instant: string) => life.control("POST", "clock/advance", { to: instant });
beforeEach(async () => {
  life = await polarLife();
  await to("2027-01-01T12:00:00Z");
});
afterEach(() => life.close());

const plan = (name: string, price: models.ProductCreateRecurring["prices"][number]) =>
  life.polar.products.create({ name, recurring_interval: "month", prices: [price] });
const fixed = (name: string, price_amount: number) =>
  plan(name, { amount_type: "fixed", price_amount });
async function subscribe(product: models.Product, seats?: number): Promise<string> {
  const checkout = await life.polar.checkouts.create({
    products: [product.id],
    customer_email: "ada@example.com",
    ...(seats ? { seats } : {}),
  });
  await life.confirm(checkout);
  return (await life.polar.subscriptions.list({})).items[0]?.id ?? "";
}
const lastOrder = async () => {
  const [order] = (await life.polar.orders.list({ limit: 1 })).items;
  return { total: order?.total_amount, lines: order?.items.map(({ amount }) => amount) };
};

test.each([
  ["invoice", 1500, 3000, { total: 774, lines: [-774, 1548] }],
  ["invoice", 3000, 1500, { total: -774, lines: [-1548, 774] }],
  ["reset", 1500, 3000, { total: 3000, lines: [3000] }],
] as const)(
  "%s on 16 January: from %i to %i cents a month",
  async (behavior, from, into, order) => {
    const next = await fixed("Next", into);
    const id = await subscribe(await fixed("First", from));
    await to("2027-01-16T12:00:00Z");
    await life.polar.subscriptions.update(id, {
      product_id: next.id,
      proration_behavior: behavior,
    });
    await life.settle();
    expect(await lastOrder()).toEqual(order);
  },
);

test("prorate: the difference is on the renewal's order", async () => {
  const next = await fixed("Next", 3000);
  const id = await subscribe(await fixed("First", 1500));
  await to("2027-01-16T12:00:00Z");
  await life.polar.subscriptions.update(id, {
    product_id: next.id,
    proration_behavior: "prorate",
  });
  await to("2027-02-01T13:00:00Z");
  expect(await lastOrder()).toEqual({ total: 3774, lines: [-774, 1548, 3000] });
});

test("seats: three, eight and four of them, by tiers of volume", async () => {
  const team = await plan("Team", {
    amount_type: "seat_based",
    seat_tiers: {
      tiers: [
        { min_seats: 1, max_seats: 5, price_per_seat: 1000 },
        { min_seats: 6, max_seats: 10, price_per_seat: 800 },
        { min_seats: 11, max_seats: null, price_per_seat: 500 },
      ],
    },
  });
  const id = await subscribe(team, 3);
  const change = (seats: number) =>
    life.polar.subscriptions.update(id, { seats, proration_behavior: "prorate" });
  expect((await lastOrder()).total).toBe(3000);
  await to("2027-01-16T12:00:00Z");
  await change(8);
  await to("2027-02-01T13:00:00Z");
  expect(await lastOrder()).toEqual({ total: 8154, lines: [1754, 6400] });
  await to("2027-02-15T12:00:00Z");
  await change(4);
  await to("2027-03-01T13:00:00Z");
  expect(await lastOrder()).toEqual({ total: 2800, lines: [-1200, 4000] });
});

test("31 January, the end of February, 31 March; 29 February in a leap year", async () => {
  await to("2027-01-31T12:00:00Z");
  const id = await subscribe(await fixed("Monthly", 1500));
  const ends: string[] = [];
  for (let months = 0; months < 14; months += 1) {
    const { current_period_end } = await life.polar.subscriptions.get(id);
    ends.push(current_period_end.slice(0, 10));
    await to(current_period_end);
  }
  expect(ends.slice(0, 4)).toEqual(["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
  expect(ends.slice(12)).toEqual(["2028-02-29", "2028-03-31"]);
});
