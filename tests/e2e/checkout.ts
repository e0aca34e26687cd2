import { expect, type Page } from "@playwright/test";

const polar = process.env.POLAR_API_URL ?? "";

/** From the pricing page to Polar's hosted checkout, by the button named `button`. */
export async function startCheckout(page: Page, button: string): Promise<void> {
  await page.goto("/pricing");
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(`${polar}/checkout/**`);
}

type Card = "pays" | "is declined" | "asks for confirmation";

/** Fills in the hosted checkout with one of the test cards and submits it. */
export async function submitCheckout(page: Page, card: Card): Promise<void> {
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await page.getByRole("button", { name: `Use the card that ${card}` }).click();
  await page.getByRole("button", { name: /^(Start trial|Subscribe|Pay)/ }).click();
}

/** What the app says the signed-in person may do. */
export async function entitlements(
  page: Page,
): Promise<{ plan: string; status: string; cancelAtPeriodEnd: boolean; extraUnits: number }> {
  return await (await page.request.get("/api/me/entitlements")).json();
}

/** Opens Polar's customer portal from the billing page. */
export async function openPortal(page: Page, button: string): Promise<void> {
  await page.goto("/billing");
  await page.getByRole("link", { name: button }).click();
  await page.waitForURL(`${polar}/portal**`);
  await expect(page.getByRole("heading", { name: "Billing portal" })).toBeVisible();
}
