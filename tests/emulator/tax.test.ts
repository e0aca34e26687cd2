import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
const product = (about: object = {}, price: object = {}) =>
  life.polar.products.create({
    name: "Thing",
    prices: [{ amount_type: "fixed", price_amount: 1000, ...price }],
    ...about,
  });
const checkout = ({ id }: models.Product, about: Partial<models.CheckoutCreate> = {}) =>
  life.polar.checkouts.create({ products: [id], customer_email: "ada@example.com", ...about });
const order = async () => {
  const [last] = (await life.polar.orders.list({})).items;
  if (!last) throw new Error("no order");
  return last;
};
const amounts = ({ subtotal_amount, net_amount, tax_amount, total_amount }: models.Order) => [
  subtotal_amount,
  net_amount,
  tax_amount,
  total_amount,
];

beforeEach(async () => {
  life = await polarLife();
  await life.control("PUT", "taxes", { US: 8.25, DE: 19 });
});
afterEach(() => life.close());

test("without the country the tax is not known; with it, it is on the checkout", async () => {
  const open = await checkout(await product());
  expect(open).toMatchObject({ tax_amount: null, tax_behavior: null, total_amount: 1000 });
  const update = (country: models.CountryAlpha2Input) =>
    life.polar.checkouts.clientUpdate(open.client_secret, {
      customer_billing_address: { country },
    });
  expect(await update("US")).toMatchObject({
    net_amount: 1000,
    tax_amount: 83,
    tax_behavior: "exclusive",
    total_amount: 1083,
  });
  // Where prices are named with their tax, it is taken out of them.
  expect(await update("DE")).toMatchObject({
    net_amount: 840,
    tax_amount: 160,
    tax_behavior: "inclusive",
    total_amount: 1000,
  });
  expect(await update("FR")).toMatchObject({ net_amount: 1000, tax_amount: 0 });
});

test("a price may say whether the tax is in it", async () => {
  const exclusive = await product({}, { tax_behavior: "exclusive" });
  await life.confirm(await checkout(exclusive), "pm_card_visa", "DE");
  expect(amounts(await order())).toEqual([1000, 1000, 190, 1190]);
  const inclusive = await product({}, { tax_behavior: "inclusive" });
  await life.confirm(await checkout(inclusive), "pm_card_visa", "US");
  expect(amounts(await order())).toEqual([1000, 924, 76, 1000]);
});

test("renewals are taxed as the first order was, at the rate of their day", async () => {
  const plan = await product({ recurring_interval: "month" }, { tax_behavior: "exclusive" });
  const discount = await life.polar.discounts.create({
    type: "percentage",
    name: "Half",
    basis_points: 5000,
    duration: "forever",
  });
  const bought = await checkout(plan, { discount_id: discount.id });
  await life.confirm(bought, "pm_card_visa", "DE");
  expect(amounts(await order())).toEqual([1000, 500, 95, 595]);
  await life.control("PUT", "taxes", { DE: 7 });
  await life.advance(32);
  expect(amounts(await order())).toEqual([1000, 500, 35, 535]);
  expect((await life.polar.subscriptions.list({})).items[0]?.amount).toBe(500);
  await life.control("PUT", "taxes", {});
  await life.advance(31);
  expect(amounts(await order())).toEqual([1000, 500, 0, 500]);
});

test("a refund gives back the tax that belongs to it, and the last one all that is left", async () => {
  await life.confirm(await checkout(await product()));
  const { id } = await order();
  const back = (amount: number) =>
    life.polar.refunds.create({ order_id: id, reason: "customer_request", amount });
  expect(await order()).toMatchObject({ refundable_amount: 1000, refundable_tax_amount: 83 });
  expect(await back(333)).toMatchObject({ amount: 333, tax_amount: 28 });
  expect(await order()).toMatchObject({
    status: "partially_refunded",
    refunded_amount: 333,
    refunded_tax_amount: 28,
    refundable_tax_amount: 55,
  });
  await expect(back(668)).rejects.toMatchObject({
    statusCode: 422,
    error: { detail: [{ msg: "Refund amount exceeds refundable amount" }] },
  });
  expect(await back(667)).toMatchObject({ tax_amount: 55 });
  expect(await order()).toMatchObject({ status: "refunded", refunded_tax_amount: 83 });
  await expect(back(1)).rejects.toMatchObject({ statusCode: 403 });
});

test("rates are shown, checked and forgotten", async () => {
  expect(await life.control("GET", "taxes")).toEqual({ US: 8.25, DE: 19 });
  await expect(life.control("PUT", "taxes", { Germany: 19 })).rejects.toThrow("422");
  await expect(life.control("PUT", "taxes", { DE: 101 })).rejects.toThrow("422");
  expect(await life.control("PUT", "taxes", { FR: 20, DE: 0 })).toEqual({ FR: 20 });
});
