import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { localPolar } from "../support/polar";
import { entitlements, openPortal, startCheckout, submitCheckout } from "./checkout";
import { signIn, signInHere } from "./sign-in";

type Subscription = { metadata: Record<string, string>; customer: { external_id: string } };
type Meter = { consumed_units: number; credited_units: number };

test("from the landing page to a paid plan, its use, its usage, and its end taken back", async ({
  page,
}) => {
  await page.goto("/?utm_source=newsletter&utm_campaign=launch");
  await signIn(page);
  const { user } = await (await page.request.get("/api/auth/session")).json();
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/pricing\?feature=custom_qr/);

  await page.getByRole("button", { name: "Start 14-day trial of Pro" }).click();
  await expect(page.getByText(/14 days free/i).first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await submitCheckout(page, "pays");
  await page.waitForURL(/\/checkout\/success/);
  await expect(page.getByRole("heading", { name: "Pro is yours" })).toBeVisible();
  await expect(page.getByRole("status")).toContainText(/first payment, \$19, is on \S/);
  await expect(page.getByRole("main")).not.toContainText("Payment");
  expect(await entitlements(page)).toMatchObject({ plan: "pro", status: "trialing" });

  const mine = `external_customer_id=${user.id}`;
  const [subscription] = await localPolar.list<Subscription>(`subscriptions/?${mine}`);
  expect(subscription?.metadata).toMatchObject({
    user_id: user.id,
    source: "newsletter",
    campaign: "launch",
  });

  await page.getByRole("link", { name: "Continue where you were" }).click();
  await expect(page).toHaveURL(/\/studio$/);
  await page.getByLabel("Link or text").fill("https://example.com/poster");
  await page.getByRole("button", { name: "Create file" }).click();
  const download = page.waitForEvent("download");
  await page.getByText("Download SVG").click();
  expect((await download).suggestedFilename()).toMatch(/\.svg$/);

  await expect
    .poll(async () => {
      const [meter] = await localPolar.list<Meter>(`customer-meters/?${mine}`);
      return meter && [meter.consumed_units, meter.credited_units];
    })
    .toEqual([1, 5000]);
  await page.goto("/usage");
  await expect(page.getByText("4,999").first()).toBeVisible();
  await expect(page.getByText(/^A trial costs nothing.*for \$2 per 1,000 codes/)).toBeVisible();

  await openPortal(page, "Open billing portal");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByText("Cancel subscription", { exact: true }).first().click();
  await page.getByLabel("Why do you cancel? (optional)").selectOption("unused");
  await page.getByRole("button", { name: "Cancel subscription" }).click();
  await expect(page.getByRole("status")).toContainText("canceled");
  await expect.poll(async () => (await entitlements(page)).cancelAtPeriodEnd).toBe(true);
  expect((await entitlements(page)).plan).toBe("pro");

  await page.goto("/usage");
  await expect(page.getByText("The plan is canceled and ends on")).toBeVisible();
  await page.goto("/pricing");
  await expect(page.getByText(/^Ends \w/).first()).toBeVisible();
  await expect(page.getByText("Your plan", { exact: true })).toHaveCount(0);

  await page.goto("/billing");
  await expect(page.getByText(/^The plan is canceled. You have it until/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep the plan" })).toBeVisible();
  await openPortal(page, "Open billing portal");
  await page.getByRole("button", { name: "Keep subscription" }).click();
  await expect(page.getByRole("status")).toContainText("goes on");
  await expect.poll(async () => (await entitlements(page)).cancelAtPeriodEnd).toBe(false);
  await page.getByRole("link", { name: "Back to Northstar" }).click();
  await expect(page).toHaveURL(/\/billing$/);
  await expect(page.getByRole("link", { name: "Open billing portal" })).toBeVisible();
});

test("what is chosen before signing in is one press from its checkout after it", async ({
  page,
}) => {
  await page.goto("/pricing");
  await page.getByText("Yearly").click();
  await page.getByRole("link", { name: "Start 14-day trial of Pro" }).click();
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await signInHere(page);
  await expect(page).toHaveURL(/\/checkout\/start\?product=pro-yearly$/);
  await expect(page.getByRole("main")).toContainText("Free for 14 days, then $190 per year");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await page.waitForURL(/\/checkout\/polar_c_/);
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Pro (yearly) is yours" })).toBeVisible();

  await page.goto("/checkout/start?product=business-monthly");
  await expect(page).toHaveURL("/billing?error=already_subscribed");
  await page.goto("/checkout/start?product=nothing");
  await expect(page).toHaveURL("/pricing?error=unknown_product");
});

test("a card that asks for confirmation, refused and approved", async ({ page }) => {
  await signIn(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "asks for confirmation");
  await page.getByRole("button", { name: "Reject payment" }).click();
  await expect(page.getByRole("alert")).toContainText("bank");
  expect(await entitlements(page)).toMatchObject({ plan: "free" });

  await submitCheckout(page, "asks for confirmation");
  await page.getByRole("button", { name: "Approve payment" }).click();
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();
  expect(await entitlements(page)).toMatchObject({ plan: "business", status: "active" });

  await page.goto("/pricing");
  await expect(page.getByRole("link", { name: /Current plan ?: Business/ })).toBeVisible();
  const second = await page.request.post("/api/checkout", {
    form: { product: "pro-monthly" },
    headers: { origin: process.env.APP_URL ?? "", accept: "text/html" },
    maxRedirects: 0,
  });
  expect(second.headers().location).not.toContain("/checkout/polar_c_");
});

test("an order's invoice is its owner's alone", async ({ page, browser }) => {
  await signIn(page);
  await startCheckout(page, "Buy for $10");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Pack of 1,000 codes is yours" })).toBeVisible();
  await localPolar.settle();
  await page.goto("/billing");
  const link = page.getByRole("link", { name: /^Invoice / });
  const address = (await link.getAttribute("href")) ?? "";
  const answer = await page.request.get(address, { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
  expect(answer.headers().location).toMatch(/\/invoices\/.*\.pdf$/);
  expect((await page.request.get(address)).headers()["content-type"]).toBe("application/pdf");

  const stranger = await browser.newPage();
  expect((await stranger.request.get(address, { maxRedirects: 0 })).status()).toBe(307);
  await signIn(stranger);
  expect((await stranger.request.get(address)).status()).toBe(404);
  await stranger.close();
});

test("somebody else's checkout is unknown on the success page", async ({ page, browser }) => {
  await signIn(page);
  await startCheckout(page, "Start 14-day trial of Pro");
  await submitCheckout(page, "pays");
  await page.waitForURL(/\/checkout\/success/);
  const stranger = await browser.newPage();
  await signIn(stranger);
  await stranger.goto(page.url());
  await expect(stranger.getByRole("main")).not.toContainText("is yours");
  expect(await entitlements(stranger)).toMatchObject({ plan: "free" });
  await stranger.close();
});

test("a repeated request is one use, but one key does not make many codes one", async ({
  page,
}) => {
  await signIn(page);
  const create = async (text: string) => {
    const response = await page.request.post("/api/qr", {
      data: { text, format: "png" },
      headers: { origin: process.env.APP_URL ?? "", "idempotency-key": "always the same" },
    });
    return response.headers()["x-codes-remaining"];
  };
  expect(await create("https://example.com/1")).toBe("49");
  expect(await create("https://example.com/1")).toBe("49");
  expect(await create("https://example.com/2")).toBe("48");
});

test("the portal opens for who never began a checkout; an address of another customer is told", async ({
  page,
}) => {
  await signIn(page);
  await openPortal(page, "Open billing portal");
  await page.getByRole("link", { name: "Back to Northstar" }).click();
  await expect(page).toHaveURL(/\/billing$/);

  await page.context().clearCookies();
  const email = `${randomUUID()}@example.com`;
  await localPolar.post("customers/", { email, external_id: "somebody else" });
  await signIn(page, email);
  await page.goto("/billing");
  await page.getByRole("link", { name: "Open billing portal" }).click();
  await expect(page.getByRole("alert").first()).toContainText("belongs to another customer");
});

test("a plan that is changed in the portal is the plan in the app", async ({ page }) => {
  await signIn(page);
  await startCheckout(page, "Start 14-day trial of Pro");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Pro is yours" })).toBeVisible();
  await openPortal(page, "Open billing portal");
  await page.getByText("Change plan", { exact: true }).first().click();
  await page.getByRole("radio", { name: /^Business \$79/ }).check();
  await page.getByRole("button", { name: "Change plan" }).click();
  await expect(page.getByRole("status")).toHaveText("Your plan is changed.");
  await expect.poll(() => entitlements(page)).toMatchObject({ plan: "business", status: "active" });
  // The order is told of after the subscription, and the page shows what has arrived when it opens.
  await localPolar.settle();
  const order = async () => {
    await page.goto("/billing");
    return await page.getByRole("row", { name: /Business.*\$79/ }).isVisible();
  };
  await expect.poll(order).toBe(true);
});
