// The journey that also runs at Polar's real sandbox, by `npm run test:sandbox`: nothing here may ask for what only the
// local Polar can.
import type { Browser, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { polar } from "@/lib/polar";
import { entitlements, startCheckout } from "./checkout";
import { buy, ordersOf, subscribe, subscriptionOf, test } from "./sandbox/buyer";
import { payInVain, payWell } from "./sandbox/hosted-checkout";

/** The same person in a browser that runs no scripts. */
async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const storageState = await page.context().storageState();
  return await (await browser.newContext({ storageState, javaScriptEnabled: false })).newPage();
}

/** Opens the billing page anew until its table of orders has a row of this name. */
async function expectOrder(page: Page, name: RegExp): Promise<void> {
  const isThere = async () => {
    await page.goto("/billing");
    return await page.getByRole("row", { name }).first().isVisible();
  };
  await expect.poll(isThere).toBe(true);
}

test("successful purchase", async ({ page, buyer }) => {
  await buy(page, buyer, "Buy for $10", "Pack of 1,000 codes");
  await expect.poll(() => entitlements(page)).toMatchObject({ plan: "free", extraUnits: 1000 });
  expect(await ordersOf(buyer)).toMatchObject([
    { status: "paid", billing_reason: "purchase", total_amount: 1000 },
  ]);
  await expectOrder(page, /Pack of 1,000 codes.*\$10/);
});

test("failed payment", async ({ page, buyer }) => {
  await startCheckout(page, "Get Business");
  await payInVain(page, buyer);
  const checkouts = async () => {
    const { items } = await polar().checkouts.list({ external_customer_id: buyer });
    return items.map(({ status }) => status);
  };
  await expect.poll(checkouts).toEqual(["open"]);
  expect(await ordersOf(buyer)).toEqual([]);
  expect(await entitlements(page)).toMatchObject({ plan: "free", status: "none" });
});

test("subscription creation", async ({ page, buyer }) => {
  const subscription = await subscribe(page, buyer);
  expect(subscription).toMatchObject({
    status: "active",
    amount: 7900,
    recurring_interval: "month",
    customer: { external_id: buyer },
    metadata: { user_id: buyer },
  });
  expect(await ordersOf(buyer)).toMatchObject([
    { status: "paid", billing_reason: "subscription_create", subscription_id: subscription.id },
  ]);
  await expectOrder(page, /Business.*\$79/);
});

test("upgrade and downgrade", async ({ page, buyer, browser }) => {
  const { id, product_id } = await subscribe(page, buyer);
  const plain = await withoutScripts(browser, page);
  await plain.goto("/billing/plan");
  await plain.getByRole("button", { name: /^Change on .* to Pro, monthly$/ }).click();
  await expect(plain.getByRole("status")).toContainText("scheduled");
  await expect(plain.getByText(/Scheduled: Pro, monthly, from/)).toBeVisible();
  const scheduled = await subscriptionOf(buyer);
  expect(scheduled).toMatchObject({ id, product_id });
  expect(scheduled.pending_update?.product_id).toBeTruthy();
  expect((await entitlements(page)).plan).toBe("business");
  await plain.getByRole("button", { name: "Stay with Business, monthly" }).click();
  await expect(plain.getByRole("status")).toContainText("You stay with your plan");
  await expect(plain.getByText(/Scheduled: Pro/)).toHaveCount(0);
  expect((await subscriptionOf(buyer)).pending_update).toBeNull();

  await page.goto("/billing/plan");
  await page.getByRole("button", { name: "Change now to Business, yearly" }).click();
  await expect(page.getByRole("status")).toHaveText("Your plan is changed.");
  await expect.poll(() => entitlements(page)).toMatchObject({ plan: "business", interval: "year" });
  expect(await subscriptionOf(buyer)).toMatchObject({ id, recurring_interval: "year" });
  const reasons = async () => (await ordersOf(buyer)).map((order) => order.billing_reason);
  await expect.poll(reasons).toContain("subscription_update");
});

test("cancellation", async ({ page, buyer, browser }) => {
  const { id } = await subscribe(page, buyer);
  const plain = await withoutScripts(browser, page);
  await plain.goto("/billing");
  await plain.getByText("Cancel the plan", { exact: true }).click();
  await plain.getByLabel("Why do you cancel? (optional)").selectOption("too_expensive");
  await plain.getByLabel("What could be better? (optional)").fill("The price.");
  await plain.getByRole("button", { name: "Cancel at the period's end" }).click();
  await expect(plain.getByRole("status")).toContainText("You keep it until its period ends");
  expect(await subscriptionOf(buyer)).toMatchObject({
    status: "active",
    cancel_at_period_end: true,
    customer_cancellation_reason: "too_expensive",
    customer_cancellation_comment: "The price.",
  });
  expect(await entitlements(page)).toMatchObject({ plan: "business", cancelAtPeriodEnd: true });
  await plain.getByRole("button", { name: "Keep the plan" }).click();
  await expect(plain.getByRole("status")).toHaveText("Your plan goes on.");
  expect((await entitlements(page)).cancelAtPeriodEnd).toBe(false);

  await polar().subscriptions.revoke(id);
  await expect.poll(async () => (await entitlements(page)).plan).toBe("free");
});

test("refund", async ({ page, buyer }) => {
  await buy(page, buyer, "Buy for $10", "Pack of 1,000 codes");
  await expect.poll(async () => (await entitlements(page)).extraUnits).toBe(1000);
  const [order] = await ordersOf(buyer);
  if (!order) throw new Error("Polar has no order.");
  await polar().refunds.create({
    order_id: order.id,
    reason: "customer_request",
    amount: order.net_amount,
    revoke_benefits: true,
  });
  await expect
    .poll(async () => (await ordersOf(buyer)).map(({ status }) => status))
    .toEqual(["refunded"]);
  await expect.poll(async () => (await entitlements(page)).extraUnits).toBe(0);
  await expectOrder(page, /Pack of 1,000 codes.*Refunded/);
});

test("webhook delivery", async ({ page, buyer }) => {
  // Nobody comes back from the checkout, so that access can only have come with the webhooks.
  const away = await page.context().newPage();
  await away.route("**/checkout/success**", (route) => route.abort());
  await startCheckout(away, "Get Business");
  await payWell(away, buyer);
  await expect.poll(() => entitlements(page)).toMatchObject({ plan: "business", status: "active" });
  for (const type of ["subscription.active", "order.paid"] as const) {
    const delivered = async () => {
      const { items } = await polar().webhooks.listWebhookDeliveries({
        event_type: type,
        limit: 100,
      });
      return items.some(({ webhook_event }) => webhook_event.payload?.includes(buyer));
    };
    await expect.poll(delivered).toBe(true);
  }
});

test("benefit grant and revoke", async ({ page, buyer }) => {
  const { id } = await subscribe(page, buyer);
  const grants = async () => {
    const { items } = await polar().benefitGrants.list({ external_customer_id: buyer });
    return items.map(({ benefit, is_granted }) => `${benefit.type} ${is_granted}`).sort();
  };
  await expect.poll(grants).toEqual(["feature_flag true", "meter_credit true"]);
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/studio$/);
  await page.goto("/usage");
  await expect(page.getByText("50,000").first()).toBeVisible();

  await polar().subscriptions.revoke(id);
  await expect.poll(grants).toEqual(["feature_flag false", "meter_credit false"]);
  await expect.poll(async () => (await entitlements(page)).plan).toBe("free");
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/pricing\?feature=custom_qr/);
});
