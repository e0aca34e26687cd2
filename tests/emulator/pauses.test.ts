import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeEach(async () => {
  life = await polarLife();
});
afterEach(() => life.close());

const use = (externalId: string, units: number) =>
  life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: externalId, metadata: { units } }],
  });
const subscriptionId = async (externalId: string) => {
  const { items } = await life.polar.subscriptions.list({ external_customer_id: externalId });
  return items[0]?.id ?? "";
};
const lastOrder = async (externalId: string) => {
  const { items } = await life.polar.orders.list({ external_customer_id: externalId });
  return items[0];
};
/** Moves the clock to the end of the period, where the pause begins. */
async function pause(id: string) {
  const { current_period_end } = await life.polar.subscriptions.update(id, {
    pause_at_period_end: true,
  });
  await life.control("POST", "clock/advance", { to: current_period_end });
  expect((await life.polar.subscriptions.get(id)).status).toBe("paused");
}

test("what was used before a pause is charged when the subscription resumes, what was used during it never", async () => {
  await life.buy(life.products.plan, "rests");
  const id = await subscriptionId("rests");
  await use("rests", 9000);
  await pause(id);
  await use("rests", 700);
  await life.advance(10);
  await life.polar.subscriptions.update(id, { resume: true });
  await life.settle();
  const resumed = await lastOrder("rests");
  expect(resumed?.billing_reason).toBe("subscription_cycle");
  // 4000 units above the allowance of 5000, at a fifth of a cent.
  expect(resumed?.items.map(({ amount }) => amount)).toEqual([1900, 800]);
  const { current_period_end } = await life.polar.subscriptions.get(id);
  await life.control("POST", "clock/advance", { to: current_period_end });
  expect((await lastOrder("rests"))?.items.map(({ amount }) => amount)).toEqual([1900]);
});

test("a meter period's use is charged when a paused subscription is revoked", async () => {
  await life.buy(life.products.yearly, "leaves");
  const id = await subscriptionId("leaves");
  await use("leaves", 9000);
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  await life.polar.subscriptions.update(id, { current_billing_period_end: soon });
  await pause(id);
  await life.polar.subscriptions.revoke(id);
  await life.settle();
  expect(await lastOrder("leaves")).toMatchObject({
    billing_reason: "subscription_meter_cycle",
    status: "paid",
    total_amount: 800,
  });
});

test("a discount whose months are over is not given any more when the subscription resumes", async () => {
  const discount = await life.polar.discounts.create({
    name: "Two months half off",
    type: "percentage",
    basis_points: 5000,
    duration: "repeating",
    duration_in_months: 2,
  });
  const customer = await life.polar.customers.create({
    email: "saves@example.com",
    external_id: "saves",
  });
  await life.confirm(
    await life.polar.checkouts.create({
      products: [life.products.plan.id],
      customer_id: customer.id,
      discount_id: discount.id,
    }),
  );
  const id = await subscriptionId("saves");
  await pause(id);
  expect((await life.polar.subscriptions.get(id)).amount).toBe(950);
  await life.advance(40);
  const resumed = await life.polar.subscriptions.update(id, { resume: true });
  expect(resumed).toMatchObject({ amount: 1900, discount_id: null });
  await life.settle();
  expect(await lastOrder("saves")).toMatchObject({ subtotal_amount: 1900, discount_amount: 0 });
});
