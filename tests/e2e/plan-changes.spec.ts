import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { localPolar } from "../support/polar";
import { entitlements, startCheckout, submitCheckout } from "./checkout";
import { signIn } from "./sign-in";

const goodCard = "4242424242424242";
const failingCard = "4000000000000341";

type Subscription = { id: string };

/** Somebody new who pays for Business by the month. */
async function subscriber(page: Page): Promise<string> {
  await signIn(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();
  const { user } = await (await page.request.get("/api/auth/session")).json();
  return user.id;
}

const subscriptionOf = async (workspaceId: string): Promise<Subscription> => {
  const [found] = await localPolar.list<Subscription>(
    `subscriptions/?external_customer_id=${workspaceId}`,
  );
  if (!found) throw new Error("Polar has no subscription.");
  return found;
};

/** Lets the period end in a moment, as Polar's dashboard can. */
async function endPeriod(workspaceId: string): Promise<void> {
  const { id } = await subscriptionOf(workspaceId);
  const end = new Date(Date.now() + 1_000).toISOString();
  await localPolar.patch(`subscriptions/${id}`, { current_billing_period_end: end });
}

async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test("an upgrade is refused with the card and changes nothing, then paid and there at once", async ({
  page,
}) => {
  const id = await subscriber(page);
  await localPolar.setCard(id, failingCard);
  await page.goto("/billing");
  await page.getByRole("link", { name: "Change plan" }).click();
  await expect(page.getByText(/About \$711/)).toBeVisible();
  await expect(page.getByText("An estimate before tax").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change now to Business, yearly" }).click();

  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Your plan and what it gives are as they were");
  await expect(alert.getByRole("link", { name: "Update the card" })).toHaveAttribute(
    "href",
    "/api/portal",
  );
  expect(await entitlements(page)).toMatchObject({ plan: "business", interval: "month" });

  await localPolar.setCard(id, goodCard);
  await page.goto("/billing/plan");
  await page.getByRole("button", { name: "Change now to Business, yearly" }).click();
  await expect(page.getByRole("status")).toHaveText("Your plan is changed.");
  await expect(page.getByText("$790 per year")).toBeVisible();
  expect(await entitlements(page)).toMatchObject({ plan: "business", interval: "year" });
});

test("a plan is paused at its period's end, and resumed", async ({ page }) => {
  const id = await subscriber(page);
  await page.goto("/billing");
  await page.getByText("Pause the plan", { exact: true }).click();
  await page.getByRole("button", { name: "Pause at the period's end" }).click();
  await expect(page.getByText(/^The plan pauses on/)).toBeVisible();
  await page.getByRole("button", { name: "Don't pause" }).click();
  await expect(page.getByRole("status")).toContainText("without a pause");
  await page.getByText("Pause the plan", { exact: true }).click();
  await page.getByRole("button", { name: "Pause at the period's end" }).click();
  expect((await entitlements(page)).plan).toBe("business");
  await page.goto("/dashboard");
  await expect(page.getByText("Pauses soon")).toBeVisible();
  await expect(page.getByText(/^Pauses on \w{3} \d/)).toBeVisible();

  await endPeriod(id);
  await expect.poll(async () => (await entitlements(page)).plan).toBe("free");
  await page.goto("/dashboard");
  await expect(
    page.getByText(/^Business, monthly: paused since \w{3} \d+.*, until you resume it$/),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Manage billing" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Paused since \w{3} \d/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Resume now for $79" }).click();
  await expect(page.getByRole("status")).toContainText("Your plan is back");
  expect(await entitlements(page)).toMatchObject({ plan: "business", status: "active" });
});

test("a renewal that fails is said on every page, with the day until which access stays", async ({
  page,
}) => {
  const id = await subscriber(page);
  await localPolar.setCard(id, failingCard);
  await endPeriod(id);
  await expect.poll(async () => (await entitlements(page)).status).toBe("past_due");
  for (const path of ["/dashboard", "/usage", "/billing", "/studio", "/pricing"]) {
    await page.goto(path);
    const alert = page.getByRole("alert").filter({ hasText: "did not go through" });
    await expect(alert).toContainText(/Everything keeps working until \w{3} \d/);
    await expect(alert.getByRole("link", { name: "Update the card" })).toHaveAttribute(
      "href",
      "/api/portal",
    );
  }
  await page.goto("/billing");
  await expectAccessible(page);
  await page.getByRole("alert").getByRole("link", { name: "Update the card" }).click();
  await expect(page.getByRole("heading", { name: "Your billing" })).toBeVisible();
});

test("a page that was opened before a change in another tab changes nothing", async ({ page }) => {
  await subscriber(page);
  await page.goto("/billing/plan");
  const other = await page.context().newPage();
  await other.goto("/billing");
  await other.getByText("Cancel the plan", { exact: true }).click();
  await other.getByRole("button", { name: "Cancel at the period's end" }).click();
  await expect(other.getByRole("status")).toContainText("canceled");
  await page.getByRole("button", { name: "Change now to Business, yearly" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("has changed meanwhile");
  expect(await entitlements(page)).toMatchObject({ interval: "month", cancelAtPeriodEnd: true });
});

test("the code of a link is kept over the sign-in and taken off at the checkout", async ({
  page,
}) => {
  await localPolar.post("discounts/", {
    name: "Friends",
    code: "FRIENDS10",
    type: "percentage",
    basis_points: 1000,
    duration: "forever",
  });
  await page.goto("/pricing?code=FRIENDS10");
  await expect(page.getByText("Code FRIENDS10")).toBeVisible();
  await signIn(page);
  await startCheckout(page, "Get Business");
  await expect(page.getByText("$71.10").first()).toBeVisible();

  await page.goto("/pricing?code=NOSUCHCODE");
  await page.getByRole("button", { name: "Get Business" }).click();
  await expect(page.getByRole("alert").first()).toContainText("This code can't be used");
  await startCheckout(page, "Get Business");
  await expect(page.getByText("$79").first()).toBeVisible();
});
