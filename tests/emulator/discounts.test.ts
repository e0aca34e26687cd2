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

test("a discount is made, changed and deleted, and each is told of", async () => {
  const { percent, plan } = shop;
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
  const { percent } = shop;
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
  const { percent } = shop;
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
