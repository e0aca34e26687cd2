import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { state } from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";
import { detail, seatsAt } from "../support/seats";

let life: PolarLife;
let seats: ReturnType<typeof seatsAt>;
let team: models.Product;
beforeEach(async () => {
  life = await polarLife();
  seats = seatsAt(life);
  team = await seats.sold({ recurring_interval: "month" }, await seats.feature());
  await life.settle();
  life.events();
});
afterEach(() => life.close());

test("more seats and fewer: the difference is on the next order, cut to the cent", async () => {
  const { buy, subscription } = seats;
  await buy(team, 3);
  const { id, current_period_end } = await subscription();
  const { now } = await life.control<{ now: string }>("GET", "clock");
  const days = (Date.parse(current_period_end) - Date.parse(now)) / 86_400_000;
  await life.advance(days / 2);
  life.events();
  const more = await life.polar.subscriptions.update(id, { seats: 8 });
  expect(more).toMatchObject({ seats: 8, amount: 6400 });
  await life.settle();
  expect(life.events()).toEqual(["subscription.updated (active)", state]);
  await life.advance(days / 2 + 0.1);
  const [order] = (await life.polar.orders.list({})).items;
  expect(order?.items.map(({ amount }) => amount)).toEqual([1699, 6400]);
  expect(order?.items.map(({ label }) => label.split(" — ")[0])).toEqual([
    "Team (3 → 8 seats)",
    "Team (8 seats)",
  ]);
  expect(order).toMatchObject({ seats: null, billing_reason: "subscription_cycle" });
});

test("seats changed by invoice are billed now; by next_period at renewal, unless taken back", async () => {
  const { buy, subscription } = seats;
  await buy(team, 3);
  const { id } = await subscription();
  life.events();
  await life.polar.subscriptions.update(id, { seats: 4, proration_behavior: "invoice" });
  await life.settle();
  expect(life.events().slice(0, 2)).toEqual([
    "order.created (pending)",
    "subscription.updated (active)",
  ]);
  const next_period = (seats: number) =>
    life.polar.subscriptions.update(id, { seats, proration_behavior: "next_period" });
  expect(await next_period(9)).toMatchObject({
    seats: 4,
    pending_update: { seats: 9, product_id: null },
  });
  expect(await next_period(4)).toMatchObject({ pending_update: null });
  await next_period(10);
  await life.advance(32);
  expect(await subscription()).toMatchObject({ seats: 10, amount: 8000, pending_update: null });
  const [order] = (await life.polar.orders.list({})).items;
  expect(order?.total_amount).toBe(8000);
});

test("a number of seats is within bounds, and not below those that are taken", async () => {
  const { assign, buy, subscription } = seats;
  await buy(team, 3);
  const { id: subscription_id } = await subscription();
  await assign({ subscription_id, email: "grace@example.com" });
  const change = (seats: number) => life.polar.subscriptions.update(subscription_id, { seats });
  expect(await detail(change(1))).toEqual([
    400,
    "Cannot decrease seats to 1. Currently 2 seats are assigned. Revoke seats first.",
  ]);
  expect(await detail(change(21))).toEqual([400, "Maximum 20 seats allowed."]);
  await life.buy(life.products.plan, "alone");
  const [plain] = (await life.polar.subscriptions.list({ external_customer_id: "alone" })).items;
  expect(await detail(life.polar.subscriptions.update(plain?.id ?? "", { seats: 2 }))).toEqual([
    400,
    "This subscription does not support seat-based pricing.",
  ]);
});

test("a subscription that ends takes all seats back; a renewal gives allowances anew", async () => {
  const { assign, buy, granted, sold, subscription } = seats;
  const credit = await life.polar.benefits.create({
    type: "meter_credit",
    description: "Codes",
    properties: { units: 100, rollover: false, meter_id: life.meter.id },
  });
  const plan = await sold({ recurring_interval: "month" }, credit);
  await buy(plan, 2);
  const { id: subscription_id } = await subscription();
  await assign({ subscription_id, email: "grace@example.com", immediate_claim: true });
  await life.settle();
  life.events();
  await life.advance(32);
  expect(life.events().filter((name) => name === "benefit_grant.cycled")).toHaveLength(2);
  await life.polar.subscriptions.revoke(subscription_id);
  await life.settle();
  expect(life.events().filter((name) => /seat|grant/.test(name))).toEqual([
    "customer_seat.revoked (revoked)",
    "customer_seat.revoked (revoked)",
    "benefit_grant.revoked",
    "benefit_grant.revoked",
  ]);
  expect(await granted()).toEqual([]);
});

test("a plan of seats after one without: the customer takes the first, and it is no way back", async () => {
  const { granted, subscription } = seats;
  const { customer } = await life.buy(life.products.plan, "grows");
  const { id } = await subscription();
  life.events();
  const to = (product_id: string, proration_behavior: models.SubscriptionProrationBehavior) =>
    life.polar.subscriptions.update(id, { product_id, proration_behavior });
  await expect(to(team.id, "next_period")).rejects.toMatchObject({ statusCode: 422 });
  expect(await to(team.id, "prorate")).toMatchObject({ seats: 1, amount: 1000 });
  await life.settle();
  expect(life.events().slice(0, 3)).toEqual([
    "customer_seat.claimed (claimed)",
    "subscription.updated (active)",
    "customer.updated",
  ]);
  expect((await life.polar.customers.get(customer.id)).type).toBe("team");
  expect(await granted()).toEqual(["grows@example.com"]);
  await expect(to(life.products.plan.id, "prorate")).rejects.toMatchObject({ statusCode: 422 });
});
