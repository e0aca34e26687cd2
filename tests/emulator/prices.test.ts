import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
const email = "ada@example.com";

beforeEach(async () => {
  life = await polarLife();
});
afterEach(() => life.close());

const product = (prices: models.ProductCreateOneTime["prices"], about: object = {}) =>
  life.polar.products.create({ name: "Thing", prices, ...about });
const monthly = { recurring_interval: "month" };
const checkout = ({ id }: models.Product, about: Partial<models.CheckoutCreate> = {}) =>
  life.polar.checkouts.create({ products: [id], customer_email: email, ...about });
const orders = async () =>
  (await life.polar.orders.list({ sorting: ["created_at"] })).items.map((order) => ({
    total: order.total_amount,
    seats: order.seats,
    labels: order.items.map(({ label }) => label.split(" — ")[0]),
  }));
const refused = async (promise: Promise<unknown>) => {
  const { statusCode, error } = await promise.then(
    () => ({ statusCode: 0, error: { detail: [] } }),
    (thrown) => thrown,
  );
  const [first] = [error.detail].flat();
  return [statusCode, first?.loc?.join("."), first?.msg ?? first];
};

test("pay what you want: from the least, as proposed, or as chosen", async () => {
  const price = { amount_type: "custom", minimum_amount: 500, maximum_amount: 9000 } as const;
  const made = await product([{ ...price, preset_amount: 2000 }]);
  expect(made.prices[0]).toMatchObject({ ...price, preset_amount: 2000 });
  expect((await checkout(made)).amount).toBe(2000);
  expect((await checkout(await product([price]))).amount).toBe(500);
  const open = await checkout(made, { amount: 4200 });
  expect(open).toMatchObject({ amount: 4200, total_amount: 4200 });
  const pays = (amount: number) =>
    life.polar.checkouts.clientUpdate(open.client_secret, { amount });
  expect(await refused(pays(499))).toEqual([422, "body.amount", "Amount is below minimum."]);
  expect(await refused(pays(9001))).toEqual([422, "body.amount", "Amount is above maximum."]);
  await pays(777);
  await life.confirm(open);
  expect(await orders()).toEqual([{ total: 777, seats: null, labels: ["Thing"] }]);
});

test("an amount that was chosen for a subscription is charged each time", async () => {
  const made = await product([{ amount_type: "custom", minimum_amount: 0 }], monthly);
  await life.confirm(await checkout(made, { amount: 1234 }));
  await life.advance(32);
  expect((await orders()).map(({ total }) => total)).toEqual([1234, 1234]);
  const { items } = await life.polar.subscriptions.list({});
  expect(items[0]?.amount).toBe(1234);
});

test("nothing may be given where the least is nothing, and needs no card", async () => {
  const made = await product([{ amount_type: "custom", minimum_amount: 0 }]);
  const open = await checkout(made, { amount: 0 });
  expect(open).toMatchObject({ is_payment_form_required: false, is_free_product_price: false });
  const few = life.polar.checkouts.update(open.id, { amount: 49 });
  expect((await refused(few))[2]).toBe("Amount must be 0 or at least $0.50.");
  await life.polar.checkouts.clientConfirm(open.client_secret, {});
  await life.settle();
  expect(await orders()).toEqual([{ total: 0, seats: null, labels: ["Thing"] }]);
});

test("a free price is a fixed one of nothing: no card, no tax, no discount", async () => {
  const response = await fetch(`${life.emulator.url}/v1/products`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ name: "Gift", prices: [{ amount_type: "free" }] }),
  });
  const made: models.Product = await response.json();
  expect(made.prices[0]).toMatchObject({ amount_type: "fixed", price_amount: 0 });
  const open = await checkout(made);
  expect(open).toMatchObject({
    is_free_product_price: true,
    is_payment_form_required: false,
    is_discount_applicable: false,
    tax_amount: 0,
  });
  await life.polar.checkouts.clientConfirm(open.client_secret, {});
  await life.settle();
  expect(life.events().filter((name) => name.startsWith("order"))).toEqual([
    "order.created (paid)",
    "order.updated (paid)",
    "order.paid (paid)",
    "order.updated (paid)",
  ]);
});

const tiers = [
  { min_seats: 2, max_seats: 4, price_per_seat: 1000 },
  { min_seats: 5, max_seats: 20, price_per_seat: 800 },
];
const perSeat = (seat_tier_type: models.SeatTierType = "volume") =>
  ({ amount_type: "seat_based", seat_tiers: { seat_tier_type, tiers } }) as const;

test("seats: all at one rate, or each at its tier's, on top of a fixed price", async () => {
  const volume = await product([perSeat()], monthly);
  expect(volume.prices[0]).toMatchObject({
    seat_tiers: { tiers, seat_tier_type: "volume", minimum_seats: 2, maximum_seats: 20 },
  });
  expect(await checkout(volume)).toMatchObject({ seats: 2, amount: 2000 });
  expect((await checkout(volume, { seats: 5 })).amount).toBe(4000);
  const graduated = await product([perSeat("graduated")], monthly);
  expect((await checkout(graduated, { seats: 5 })).amount).toBe(4800);
  const both = await product([{ amount_type: "fixed", price_amount: 500 }, perSeat()], monthly);
  expect((await checkout(both, { seats: 3 })).amount).toBe(3500);
});

test("seats are bought within the price's bounds and the checkout's own", async () => {
  const made = await product([perSeat()]);
  const bounds = { min_seats: 3, max_seats: 6 };
  const open = await checkout(made, bounds);
  expect(open).toMatchObject({ seats: 3, amount: 3000, ...bounds });
  const take = (seats: number) => life.polar.checkouts.clientUpdate(open.client_secret, { seats });
  expect(await refused(take(2))).toEqual([422, "body.seats", "Minimum 3 seats required."]);
  expect(await refused(take(7))).toEqual([422, "body.seats", "Maximum 6 seats allowed."]);
  expect(await refused(checkout(made, { max_seats: 21 }))).toEqual([
    422,
    "body.max_seats",
    "max_seats must be at most 20.",
  ]);
  expect(await refused(checkout(life.products.pack, { seats: 2 }))).toEqual([
    422,
    "body.seats",
    "Seats can only be set for seat-based pricing.",
  ]);
  await take(5);
  await life.confirm(open);
  expect(await orders()).toEqual([{ total: 4000, seats: 5, labels: ["Thing (5 seats)"] }]);
});

test("prices that do not go together, or make no sense, are refused", async () => {
  const fixed = { amount_type: "fixed", price_amount: 1000 } as const;
  const custom = { amount_type: "custom" } as const;
  expect((await refused(product([fixed, fixed])))[2]).toBe("Only one fixed price is allowed.");
  expect((await refused(product([fixed, custom])))[2]).toBe(
    "A custom price cannot be combined with a fixed, seat-based or unit-based price.",
  );
  expect((await refused(product([{ ...fixed, price_amount: 20 }])))[2]).toContain("$0.50");
  const gap = [
    { min_seats: 1, max_seats: 4, price_per_seat: 1000 },
    { min_seats: 6, price_per_seat: 800 },
  ];
  const seats = product([{ amount_type: "seat_based", seat_tiers: { tiers: gap } }]);
  expect((await refused(seats))[1]).toBe("body.prices.0.seat_tiers.tiers");
  const units = product([{ amount_type: "unit_based", tiers: { type: "volume", tiers: [] } }]);
  await expect(units).rejects.toThrow();
});

test("a price that is replaced is not what an open checkout sells", async () => {
  const made = await product([{ amount_type: "fixed", price_amount: 1000 }]);
  const open = await checkout(made);
  await life.polar.products.update(made.id, {
    prices: [{ amount_type: "custom", preset_amount: 700 }],
  });
  expect((await life.polar.checkouts.get(open.id)).amount).toBe(1000);
  expect(await refused(life.confirm(open))).toEqual([
    422,
    "body.product_price_id",
    "Price is archived.",
  ]);
  await life.polar.checkouts.update(open.id, { product_id: made.id });
  expect((await life.polar.checkouts.get(open.id)).amount).toBe(700);
});

test("subscriptions of free products are made without a checkout; others are not", async () => {
  const free = await product([{ amount_type: "fixed", price_amount: 0 }], monthly);
  const { id: customer_id } = await life.polar.customers.create({ email, external_id: "ada" });
  await life.settle();
  life.events();
  const made = await life.polar.subscriptions.create({
    product_id: free.id,
    external_customer_id: "ada",
    metadata: { from: "api" },
  });
  expect(made).toMatchObject({ status: "active", amount: 0, metadata: { from: "api" } });
  await life.settle();
  expect(life.events()).toEqual([
    "subscription.created (active)",
    "subscription.active (active)",
    "subscription.updated (active)",
    "customer.state_changed",
  ]);
  await life.advance(32);
  expect((await orders()).map(({ total }) => total)).toEqual([0]);
  const paid = life.polar.subscriptions.create({ product_id: life.products.plan.id, customer_id });
  expect((await refused(paid))[2]).toContain("Product is not free.");
  const nobody = life.polar.subscriptions.create({
    product_id: free.id,
    external_customer_id: "nobody",
  });
  expect(await refused(nobody)).toEqual([
    422,
    "body.external_customer_id",
    "Customer does not exist.",
  ]);
});

test("an amount too small for a card is owed until the next order", async () => {
  const made = await product([{ amount_type: "fixed", price_amount: 1000 }], monthly);
  const less = await product([{ amount_type: "fixed", price_amount: 1020 }], monthly);
  const { customer } = await life.buy(made, "small");
  const { items } = await life.polar.subscriptions.list({ customer_id: customer.id });
  await life.polar.subscriptions.update(items[0]?.id ?? "", {
    product_id: less.id,
    proration_behavior: "invoice",
  });
  await life.settle();
  await life.advance(32);
  const found = await life.polar.orders.list({ sorting: ["created_at"] });
  const [, update, renewal] = found.items;
  expect(update).toMatchObject({ status: "paid", due_amount: 20 });
  expect(renewal).toMatchObject({
    total_amount: 1020,
    applied_balance_amount: 20,
    due_amount: 1040,
  });
});
