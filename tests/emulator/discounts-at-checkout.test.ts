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

test("a checkout takes a discount by id and by code, and gives it back", async () => {
  const { checkout, percent } = shop;
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
  const { checkout, percent, plan } = shop;
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
  const { checkout, percent } = shop;
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
  const { percent } = shop;
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

test("a fixed amount off is that of the period, never more than the price", async () => {
  const { checkout } = shop;
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
