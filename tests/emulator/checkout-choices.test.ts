import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let product: models.Product;

/** Opens or posts to a checkout's page; the answer is the page that follows. */
const page = async ({ url }: models.Checkout, form?: Record<string, string>) => {
  const response = await fetch(
    url,
    form ? { method: "POST", body: new URLSearchParams(form) } : undefined,
  );
  const html = await response.text();
  return {
    status: response.status,
    html,
    error: /class="field-error"[^>]*>([^<]*)/.exec(html)?.[1],
    notice: /class="notice bad"[^>]*>([^<]*)/.exec(html)?.[1],
    total: /name="total" value="(\d+)"/.exec(html)?.[1],
    button: /class="primary">([^<]*)/.exec(html)?.[1],
  };
};
const open = (about: Partial<models.CheckoutCreate> = {}) =>
  life.polar.checkouts.create({ products: [product.id], ...about });
const state = async ({ id }: models.Checkout) => await life.polar.checkouts.get(id);
const card = { card_number: "4242424242424242", card_expiry: "12/40", card_cvc: "123" };
const buyer = { customer_email: "ada@example.com", customer_name: "Ada", country: "US" };

beforeEach(async () => {
  life = await polarLife();
  product = await life.polar.products.create({
    name: "Sponsor",
    prices: [{ amount_type: "custom", minimum_amount: 500, preset_amount: 2000 }],
  });
  await life.polar.discounts.create({
    type: "percentage",
    name: "Spring",
    code: "SPRING",
    basis_points: 2500,
    duration: "once",
  });
});
afterEach(() => life.close());

test("an amount is taken over, and what was typed beside it is kept", async () => {
  const checkout = await open();
  expect(await page(checkout)).toMatchObject({ total: "2000", button: "Pay $20.00" });
  const after = await page(checkout, { action: "choose_amount", amount: "$30.50", ...buyer });
  expect(after).toMatchObject({ status: 200, total: "3050", button: "Pay $30.50" });
  expect(await state(checkout)).toMatchObject({
    amount: 3050,
    customer_email: "ada@example.com",
    customer_billing_address: { country: "US" },
  });
});

test("an amount that cannot be had is said at its field, and nothing has changed", async () => {
  const checkout = await open();
  const less = await page(checkout, { action: "choose_amount", amount: "3" });
  expect(less).toMatchObject({ status: 422, error: "Amount is below minimum.", total: "2000" });
  expect(less.html).toContain('value="3"');
  const words = await page(checkout, { action: "choose_amount", amount: "<b>much" });
  expect(words).toMatchObject({ status: 422, error: "Enter an amount, such as 19.00." });
  expect(words.html).not.toContain("<b>much");
});

test("a code is applied and removed; a wrong one is said at its field", async () => {
  const checkout = await open();
  const applied = await page(checkout, { action: "apply_discount", discount_code: "spring" });
  expect(applied.total).toBe("1500");
  expect(applied.html).toContain("25% off");
  expect((await page(checkout, { action: "remove_discount" })).total).toBe("2000");
  const wrong = await page(checkout, { action: "apply_discount", discount_code: "AUTUMN" });
  expect(wrong).toMatchObject({ error: "Discount does not exist.", total: "2000" });
  const none = await open({ allow_discount_codes: false });
  expect((await page(none)).html).not.toContain("discount_code");
  await page(none, { action: "apply_discount", discount_code: "SPRING" });
  expect((await state(none)).discount_id).toBeNull();
});

test("seats are chosen, and the amount follows", async () => {
  product = await life.polar.products.create({
    name: "Team",
    recurring_interval: "month",
    prices: [
      {
        amount_type: "seat_based",
        seat_tiers: { tiers: [{ min_seats: 2, max_seats: 9, price_per_seat: 1000 }] },
      },
    ],
  });
  const checkout = await open();
  expect((await page(checkout)).total).toBe("2000");
  expect((await page(checkout, { action: "choose_seats", seats: "4" })).total).toBe("4000");
  const many = await page(checkout, { action: "choose_seats", seats: "10" });
  expect(many).toMatchObject({ error: "Maximum 9 seats allowed.", total: "4000" });
});

test("nobody pays another amount than the page has named", async () => {
  await life.control("PUT", "taxes", { US: 10 });
  const checkout = await open();
  const { total = "" } = await page(checkout);
  const first = await page(checkout, { ...buyer, ...card, total });
  expect(first).toMatchObject({
    notice: "The total is now $22.00. Please check it and pay again.",
    button: "Pay $22.00",
  });
  expect((await state(checkout)).status).toBe("open");
  await page(checkout, { ...buyer, ...card, total: first.total ?? "" });
  await life.settle();
  expect(await state(checkout)).toMatchObject({ status: "succeeded", total_amount: 2200 });
});

test("a checkout that was paid before its page is opened leads on to where it succeeds", async () => {
  const checkout = await life.polar.checkouts.create({
    products: [life.products.pack.id],
    customer_email: "fast@example.com",
    success_url: "https://app.example/thanks?checkout_id={CHECKOUT_ID}",
  });
  await life.confirm(checkout);
  const page = await fetch(checkout.url, { redirect: "manual" });
  expect(page.status).toBe(303);
  const to = new URL(page.headers.get("location") ?? "");
  expect(to.searchParams.get("checkout_id")).toBe(checkout.id);
  expect(to.searchParams.get("customer_session_token")).toMatch(/^polar_cst_/);
});
