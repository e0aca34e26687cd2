import { expect, test } from "vitest";
import { catalogProducts, plans } from "@/lib/billing/catalog";
import { desiredBenefits, desiredProducts } from "@/lib/billing/sync/desired";

test("every product that a plan or a pack names is in the catalog, with the interval that it says", () => {
  for (const plan of plans) {
    for (const [interval, key] of Object.entries(plan.products ?? {})) {
      const product = catalogProducts.find((found) => found.key === key);
      expect(product).toMatchObject({ plan: plan.key, interval });
    }
  }
});

test("keys are unique, and every benefit that a product gives is declared", () => {
  const benefits = desiredBenefits().map((benefit) => benefit.key);
  const products = desiredProducts();
  expect(new Set(benefits).size).toBe(benefits.length);
  expect(new Set(products.map((product) => product.key)).size).toBe(products.length);
  for (const product of products)
    for (const key of product.benefits) expect(benefits).toContain(key);
});

test("Pro is $19 a month with a trial of 14 days, then 0.2 cents a code; yearly plans are metered by the month", () => {
  const products = new Map(desiredProducts().map((product) => [product.key, product]));
  expect(products.get("pro-monthly")).toMatchObject({
    amount: 1900,
    unitAmount: "0.2",
    interval: "month",
    meterInterval: null,
    trialDays: 14,
    benefits: ["custom_qr", "credits-pro"],
  });
  expect(products.get("business-yearly")).toMatchObject({
    amount: 79000,
    interval: "year",
    meterInterval: "month",
    trialDays: 0,
  });
  expect(products.get("pack-1000")).toMatchObject({
    amount: 1000,
    unitAmount: null,
    interval: null,
    benefits: ["credits-pack-1000"],
  });
});

test("a pack's credits roll over, a plan's do not", () => {
  const credits = desiredBenefits().filter((benefit) => benefit.type === "meter_credit");
  expect(credits.map((credit) => [credit.key, credit.units, credit.rollover])).toEqual([
    ["credits-pro", 5000, false],
    ["credits-business", 50000, false],
    ["credits-pack-1000", 1000, true],
  ]);
});
