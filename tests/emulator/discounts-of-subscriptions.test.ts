import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { discountsAt, refused } from "../support/discounts";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let shop: Awaited<ReturnType<typeof discountsAt>>;
beforeEach(async () => {
  life = await polarLife();
  shop = await discountsAt(life);
});
afterEach(() => life.close());

const subscriptionOf = async ({ external_customer_id }: models.Checkout) => {
  const { items } = await life.polar.subscriptions.list({
    external_customer_id: external_customer_id ?? "",
  });
  if (!items[0]) throw new Error("no subscription");
  return items[0];
};
/** What orders took off, first order first. */
const discounts = async ({ external_customer_id }: models.Checkout) => {
  const { items } = await life.polar.orders.list({
    external_customer_id: external_customer_id ?? "",
    sorting: ["created_at"],
  });
  return items.map(({ discount_amount }) => discount_amount);
};

test.each([
  ["once", {}, [150, 0, 0, 0]],
  ["repeating", { duration_in_months: 2 }, [150, 150, 0, 0]],
  ["forever", {}, [150, 150, 150, 150]],
] as const)(
  "%s: on the first order and on those that it is for",
  async (duration, about, taken) => {
    const { checkout, percent } = shop;
    const { id } = await percent({ duration, ...about });
    const bought = await checkout({ discount_id: id });
    await life.confirm(bought);
    const before = await subscriptionOf(bought);
    expect(before).toMatchObject({ amount: 1350, discount_id: id, discount: { id } });
    for (const _ of [1, 2, 3]) await life.advance(31);
    expect(await discounts(bought)).toEqual(taken);
    const after = await subscriptionOf(bought);
    expect(after.amount).toBe(taken[3] ? 1350 : 1500);
  },
);

test("a trial's order is free; the discount begins with the first paid one", async () => {
  const { checkout, percent } = shop;
  const { id } = await percent({ duration: "once" });
  const trial = { trial_interval: "day", trial_interval_count: 7 } as const;
  const bought = await checkout({ discount_id: id, ...trial });
  expect(bought).toMatchObject({ discount_amount: 150, is_payment_required: false });
  await life.confirm(bought);
  for (const days of [8, 31]) await life.advance(days);
  expect(await discounts(bought)).toEqual([0, 150, 0]);
});

test("all of it off: nothing to pay now, and a card only where something is to come", async () => {
  const { checkout, percent } = shop;
  const whole = { basis_points: 10_000 };
  const forever = await percent(whole);
  const once = await percent({ ...whole, duration: "once" });
  expect(await checkout({ discount_id: once.id })).toMatchObject({
    total_amount: 0,
    is_payment_required: false,
    is_payment_setup_required: true,
    is_payment_form_required: true,
  });
  const pack = await checkout({ products: [life.products.pack.id], discount_id: once.id });
  expect(pack.is_payment_form_required).toBe(false);
  const bought = await checkout({ discount_id: forever.id });
  expect(bought.is_payment_form_required).toBe(false);
  await life.polar.checkouts.clientConfirm(bought.client_secret, {});
  await life.settle();
  await life.advance(32);
  expect(await discounts(bought)).toEqual([1500, 1500]);
  expect(await subscriptionOf(bought)).toMatchObject({ status: "active", amount: 0 });
});

test("a discount of a running subscription: given, told of once, and taken away", async () => {
  const { checkout, percent } = shop;
  const bought = await checkout();
  await life.confirm(bought);
  const { id } = await subscriptionOf(bought);
  life.events();
  const discount = await percent({ code: "LATER" });
  const changed = await life.polar.subscriptions.update(id, { discount_id: discount.id });
  expect(changed).toMatchObject({ amount: 1350, discount: { redemptions_count: 1 } });
  await life.settle();
  expect(life.events()).toEqual([
    "discount.created",
    "subscription.updated (active)",
    "customer.state_changed",
  ]);
  const again = life.polar.subscriptions.update(id, { discount_id: discount.id });
  expect((await refused(again))[2]).toBe("This discount is already applied to the subscription.");
  await life.advance(32);
  await life.polar.subscriptions.update(id, { discount_id: null });
  await life.advance(31);
  expect(await discounts(bought)).toEqual([0, 150, 0]);
});

test("a plan change prorates what was paid, keeps the discount, and may change it too", async () => {
  const { checkout, percent, plan } = shop;
  const better = await life.polar.products.create({
    name: "Better",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 3000 }],
  });
  const half = await percent({ basis_points: 5000 });
  const bought = await checkout({ discount_id: half.id });
  await life.confirm(bought);
  const { id } = await subscriptionOf(bought);
  await life.polar.subscriptions.update(id, {
    product_id: better.id,
    proration_behavior: "reset",
  });
  const lines = async () => {
    const { items } = await life.polar.orders.list({
      external_customer_id: bought.external_customer_id ?? "",
    });
    const [last] = items;
    return [last?.items.map(({ amount }) => amount), last?.discount_amount, last?.net_amount];
  };
  // A proration has had its discount already: none is taken off the order.
  expect(await lines()).toEqual([[1500], 0, 1500]);
  const tenth = await percent();
  await life.polar.subscriptions.update(id, {
    product_id: plan.id,
    discount_id: tenth.id,
    proration_behavior: "invoice",
  });
  const [amounts] = await lines();
  expect(amounts).toEqual([-1500, 1350]);
  expect(await subscriptionOf(bought)).toMatchObject({ amount: 1350, discount_id: tenth.id });
});
