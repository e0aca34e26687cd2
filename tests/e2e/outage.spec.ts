import { expect, test } from "@playwright/test";
import { localPolar } from "../support/polar";
import { entitlements, startCheckout, submitCheckout } from "./checkout";
import { askForLink, confirm, mailTo, signIn } from "./sign-in";

const origin = process.env.APP_URL ?? "";

test.afterEach(() => localPolar.faults());

test("with Polar unreachable, checkout and portal send the person back with a message", async ({
  page,
}) => {
  await signIn(page);
  await localPolar.faults({ api: { fault: "error_503" } });
  const bought = await page.request.post("/api/checkout", {
    form: { product: "pro-monthly" },
    headers: { origin, accept: "text/html" },
    maxRedirects: 0,
  });
  expect(bought.headers().location).toBe("/pricing?error=unavailable");
  await page.goto("/api/portal");
  await expect(page).toHaveURL(/\/billing\?error=portal_unavailable/);
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
});

test("a call that Polar refuses for its rate is made again after the time that Polar asked for", async ({
  page,
}) => {
  await signIn(page);
  await localPolar.faults({ api: { fault: "rate_limit", remaining: 2, retry_after: 1 } });
  await startCheckout(page, "Start 14-day trial of Pro");
  await expect(page.getByRole("heading", { name: "Pro" })).toBeVisible();
});

test("who has paid keeps what they paid for while Polar is down", async ({ page }) => {
  await signIn(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();

  await localPolar.faults({ api: { fault: "error_503" } });
  await page.goto("/studio");
  await page.getByLabel("Link or text").fill("https://example.com");
  await page.getByRole("button", { name: "Create file" }).click();
  await expect(page.getByText("Download SVG")).toBeVisible();
  await page.goto("/billing");
  await expect(page.getByRole("main")).toContainText("Business");
  await page.getByRole("link", { name: /^Invoice/ }).click();
  await expect(
    page.getByRole("heading", { name: "The invoice can't be fetched just now" }),
  ).toBeVisible();
});

test("while Polar is down the usage page says how old its figures are, buying says that it cannot, and nothing is lost", async ({
  page,
}) => {
  await signIn(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();
  const readAt = page.getByText(/^Polar’s own count was last read on/);
  await expect
    .poll(async () => {
      await page.goto("/usage");
      return await readAt.isVisible();
    })
    .toBe(true);
  const { user } = await (await page.request.get("/api/auth/session")).json();
  const make = async () => {
    await page.goto("/studio");
    await page.getByLabel("Link or text").fill("https://example.com");
    await page.getByRole("button", { name: "Create file" }).click();
    await expect(page.getByText("Download SVG")).toBeVisible();
  };

  await localPolar.faults({ api: { fault: "error_503" }, webhooks: { hold: true } });
  await make();
  await page.goto("/usage");
  await expect(readAt).toBeVisible();
  await expect(page.getByText("49,999 left")).toBeVisible();
  await page.goto("/billing");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("can't be reached");
  await expect(page.getByRole("main")).toContainText("Business");
  await page.getByRole("button", { name: /^Buy for/ }).click();
  await expect(page).toHaveURL(/\/pricing\?error=unavailable/);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Nothing was charged");

  await localPolar.faults();
  await make();
  await expect
    .poll(
      async () =>
        (
          await localPolar.list<{ external_id: string }>(
            `events/?external_customer_id=${user.id}&name=qr_code.generated`,
          )
        ).length,
      { timeout: 60_000 },
    )
    .toBe(2);
});

test("what a lost webhook should have told is there after a refresh, which says when it was", async ({
  page,
}) => {
  await signIn(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();
  const { user } = await (await page.request.get("/api/auth/session")).json();
  const [subscription] = await localPolar.list<{ id: string }>(
    `subscriptions/?external_customer_id=${user.id}`,
  );
  await localPolar.settle();
  await localPolar.faults({ webhooks: { drop_share: 1 } });
  await localPolar.patch(`subscriptions/${subscription?.id}`, { cancel_at_period_end: true });
  await localPolar.settle();
  expect((await entitlements(page)).cancelAtPeriodEnd).toBe(false);
  await page.goto("/billing");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText(/^Last compared with Polar on/)).toBeVisible();
  expect((await entitlements(page)).cancelAtPeriodEnd).toBe(true);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("refreshed just now");
  const elsewhere = await page.request.post("/api/billing/refresh", {
    headers: { origin: "https://elsewhere.example" },
  });
  expect(elsewhere.status()).toBe(403);
});

test("a payment whose webhooks are all lost still gives access on the success page", async ({
  page,
}) => {
  await signIn(page);
  await localPolar.faults({ webhooks: { drop: 100 } });
  await startCheckout(page, "Start 14-day trial of Pro");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Pro is yours" })).toBeVisible();
});

test("webhooks in any order, doubled, badly signed, unknown: the state ends up right", async ({
  page,
}) => {
  await signIn(page);
  await localPolar.faults({
    seed: 11,
    webhooks: {
      shuffle_ms: 1500,
      duplicate: 0.5,
      bad_signature: 0.3,
      unknown_type: 0.3,
      unknown_enum: 0.3,
      unknown_field: 0.5,
    },
  });
  await startCheckout(page, "Start 14-day trial of Pro");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Pro is yours" })).toBeVisible();
  const { user } = await (await page.request.get("/api/auth/session")).json();
  const [subscription] = await localPolar.list<{ id: string }>(
    `subscriptions/?external_customer_id=${user.id}`,
  );
  for (const cancel_at_period_end of [true, false, true])
    await localPolar.patch(`subscriptions/${subscription?.id}`, { cancel_at_period_end });
  await expect.poll(async () => (await entitlements(page)).cancelAtPeriodEnd).toBe(true);
  await localPolar.faults();
  await expect.poll(() => localPolar.undelivered(), { timeout: 60_000 }).toBe(0);
  expect(await entitlements(page)).toMatchObject({
    plan: "pro",
    status: "trialing",
    cancelAtPeriodEnd: true,
  });
});

test("a price that changes at Polar is on the pricing page as soon as its webhook has come", async ({
  page,
}) => {
  await page.goto("/pricing");
  await expect(page.getByRole("main").getByText("$10", { exact: false }).first()).toBeVisible();
  const products = await localPolar.list<{ id: string; metadata: { catalog_key: string } }>(
    "products/",
  );
  const pack = products.find(({ metadata }) => metadata.catalog_key === "pack-1000");
  const setPrice = (price_amount: number) =>
    localPolar.patch(`products/${pack?.id}`, { prices: [{ amount_type: "fixed", price_amount }] });
  const shown = async (price: string) => {
    await page.goto("/pricing");
    return await page.getByRole("main").getByText(`Buy for ${price}`).first().isVisible();
  };
  await setPrice(1250);
  await localPolar.settle();
  await expect.poll(() => shown("$12.50")).toBe(true);
  await setPrice(1000);
  await localPolar.settle();
  await expect.poll(() => shown("$10")).toBe(true);
});

test("an account that is deleted while Polar is down lets nobody in, and is gone soon after it is back", async ({
  page,
}) => {
  const { email } = await signIn(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();
  await localPolar.faults({ api: { fault: "error_503" } });
  await page.goto("/settings/delete");
  await page.getByLabel(/^Type .* to confirm$/).fill(email);
  await page.getByRole("button", { name: "Delete this account for good" }).click();
  const underWay = page.getByRole("heading", { name: "Your account is being deleted" });
  await expect(underWay).toBeVisible();
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(await askForLink(page, email));
  await confirm(page);
  await expect(underWay).toBeVisible();

  await localPolar.faults();
  // The job that goes on with it runs every minute.
  const subject = "Your Northstar account is deleted";
  await mailTo(process.env.MAILBOX_URL ?? "", email, subject, { timeout: 90_000 });
});
