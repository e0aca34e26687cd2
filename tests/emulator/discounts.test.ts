import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let plan: models.Product;
let buyers = 0;

const refused = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: { statusCode: number; error: { detail: { loc: string[]; msg: string }[] } }) => thrown,
  );
  const [first] = Array.isArray(error?.error.detail) ? error.error.detail : [];
  return [error?.statusCode, first?.loc.join("."), first?.msg];
};
const percent = (about: Partial<models.DiscountPercentageCreate> = {}) =>
  life.polar.discounts.create({
    type: "percentage",
    name: "A tenth",
    basis_points: 1000,
    duration: "forever",
    ...about,
  });
const customer = async () => {
  buyers += 1;
  const external_id = `buyer-${buyers}`;
  await life.polar.customers.create({ email: `${external_id}@example.com`, external_id });
  return external_id;
};
const checkout = async (about: Partial<models.CheckoutCreate> = {}) =>
  life.polar.checkouts.create({
    products: [plan.id],
    external_customer_id: await customer(),
    ...about,
  });
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

beforeEach(async () => {
  life = await polarLife();
  plan = await life.polar.products.create({
    name: "Basic",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 1500 }],
  });
  await life.settle();
  life.events();
});
afterEach(() => life.close());

test("a discount is made, changed and deleted, and each is told of", async () => {
  const made = await percent({ name: "D", code: "Disc", products: [plan.id] });
  expect(made).toMatchObject({ code: "Disc", redemptions_count: 0, modified_at: null });
  expect(made.products.map(({ id }) => id)).toEqual([plan.id]);
  const changed = await life.polar.discounts.update(made.id, { name: "D2", max_redemptions: 3 });
  expect(changed).toMatchObject({ name: "D2", max_redemptions: 3, basis_points: 1000 });
  await life.polar.discounts.delete(made.id);
  await expect(life.polar.discounts.get(made.id)).rejects.toMatchObject({ statusCode: 404 });
  await life.settle();
  const told = life.take().map(({ body }) => JSON.parse(body));
  expect(told.map(({ type }) => type)).toEqual([
    "discount.created",
    "discount.updated",
    "discount.deleted",
  ]);
  expect(told[2].data).toEqual(told[1].data);
});

test("lists find by name and code, and sort", async () => {
  await percent({ name: "Winter", code: "COLD" });
  await percent({ name: "summer", code: "WARM" });
  await life.polar.discounts.create({
    type: "fixed",
    name: "Five off",
    duration: "repeating",
    duration_in_months: 3,
    amount: 500,
  });
  const names = async (query: object) =>
    (await life.polar.discounts.list(query)).items.map(({ name }) => name);
  expect(await names({})).toEqual(["Five off", "summer", "Winter"]);
  expect(await names({ sorting: ["name"] })).toEqual(["Five off", "summer", "Winter"]);
  expect(await names({ query: "cold" })).toEqual(["Winter"]);
  expect(await names({ query: "MER" })).toEqual(["summer"]);
  expect((await life.polar.discounts.list({ query: "Five" })).items[0]).toMatchObject({
    amount: 500,
    currency: "usd",
    amounts: { usd: 500 },
    duration_in_months: 3,
  });
});

test("what makes no sense is refused, in Polar's words", async () => {
  expect(await refused(percent({ duration: "repeating" }))).toEqual([
    422,
    "body",
    "Value error, `duration_in_months` is required when `duration` is `repeating`.",
  ]);
  expect(await refused(percent({ code: "50%" }))).toEqual([
    422,
    "body.code",
    "Value error, Code must contain only alphanumeric characters.",
  ]);
  await percent({ code: "ONCE" });
  expect(await refused(percent({ code: "once" }))).toEqual([
    422,
    "body.code",
    "Discount with this code already exists.",
  ]);
  const product = "00000000-0000-4000-8000-000000000000";
  expect((await refused(percent({ products: [product] })))[1]).toBe("body.products.0");
  expect((await refused(percent({ basis_points: 10_001 })))[1]).toBe("body.basis_points");
});

test("a checkout takes a discount by id and by code, and gives it back", async () => {
  const discount = await percent({ code: "TENTH" });
  const withIt = await checkout({ discount_id: discount.id });
  expect(withIt).toMatchObject({
    amount: 1500,
    discount_amount: 150,
    net_amount: 1350,
    total_amount: 1350,
    discount: { code: "TENTH", basis_points: 1000, duration: "forever" },
  });
  const { client_secret, id } = await checkout();
  const typed = (discount_code: string | null) =>
    life.polar.checkouts.clientUpdate(client_secret, { discount_code });
  expect(await typed("tenth ")).toMatchObject({ discount_id: discount.id, total_amount: 1350 });
  expect(await typed(null)).toMatchObject({ discount_id: null, total_amount: 1500 });
  expect(await refused(typed("NOTHING"))).toEqual([
    422,
    "body.discount_code",
    "Discount does not exist.",
  ]);
  await life.polar.checkouts.update(id, { allow_discount_codes: false });
  expect((await typed("TENTH")).discount_id).toBeNull();
});

test("a discount for other products, or out of its time, does not exist", async () => {
  const other = await percent({ products: [life.products.pack.id] });
  const over = await percent({ ends_at: "2020-01-01T00:00:00Z" });
  const early = await percent({ starts_at: "2100-01-01T00:00:00Z" });
  for (const { id } of [other, over, early])
    expect(await refused(checkout({ discount_id: id }))).toEqual([
      422,
      "body.discount_id",
      "Discount does not exist.",
    ]);
  const both = await checkout({
    products: [life.products.pack.id, plan.id],
    discount_id: other.id,
  });
  expect(both.discount_amount).toBe(100);
  const changed = await life.polar.checkouts.update(both.id, { product_id: plan.id });
  expect(changed).toMatchObject({ discount_id: null, total_amount: 1500 });
});

test("the last use is the last; a declined card gives its use back", async () => {
  const { id } = await percent({ max_redemptions: 1 });
  const [first, second] = [
    await checkout({ discount_id: id }),
    await checkout({ discount_id: id }),
  ];
  const uses = async () => (await life.polar.discounts.get(id)).redemptions_count;
  await life.confirm(first, "pm_card_visa_chargeDeclined");
  expect(await uses()).toBe(0);
  await life.confirm(first);
  expect(await uses()).toBe(1);
  expect(await refused(life.confirm(second))).toEqual([
    422,
    "body.discount_id",
    "Discount is no longer redeemable.",
  ]);
  expect(await refused(life.polar.discounts.update(id, { basis_points: 2000 }))).toEqual([
    422,
    "body.basis_points",
    "This field cannot be changed because the discount has already been redeemed.",
  ]);
});

test("a customer's own limit holds, also for the same address with a plus", async () => {
  const discount = await percent({ max_redemptions_per_customer: 1, code: "MINE" });
  const buy = (customer_email: string) =>
    life.polar.checkouts.create({ products: [life.products.pack.id], customer_email });
  const first = await life.polar.checkouts.update((await buy("ada@example.com")).id, {
    discount_id: discount.id,
  });
  await life.confirm(first);
  const again = await buy("ada+2@example.com");
  const typed = life.polar.checkouts.clientUpdate(again.client_secret, { discount_code: "MINE" });
  await expect(typed).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "DiscountRedemptionLimitReached" },
  });
});

test.each([
  ["once", {}, [150, 0, 0, 0]],
  ["repeating", { duration_in_months: 2 }, [150, 150, 0, 0]],
  ["forever", {}, [150, 150, 150, 150]],
] as const)(
  "%s: on the first order and on those that it is for",
  async (duration, about, taken) => {
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
  const { id } = await percent({ duration: "once" });
  const trial = { trial_interval: "day", trial_interval_count: 7 } as const;
  const bought = await checkout({ discount_id: id, ...trial });
  expect(bought).toMatchObject({ discount_amount: 150, is_payment_required: false });
  await life.confirm(bought);
  for (const days of [8, 31]) await life.advance(days);
  expect(await discounts(bought)).toEqual([0, 150, 0]);
});

test("all of it off: nothing to pay now, and a card only where something is to come", async () => {
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

test("a fixed amount off is that of the period, never more than the price", async () => {
  const fixed = await life.polar.discounts.create({
    type: "fixed",
    name: "Twenty off",
    duration: "forever",
    amount: 2000,
  });
  expect(await checkout({ discount_id: fixed.id })).toMatchObject({
    discount_amount: 1500,
    total_amount: 0,
  });
});
