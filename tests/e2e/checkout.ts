import { expect, type Page } from "@playwright/test";

const polar = process.env.POLAR_API_URL ?? "";

/** From the pricing page to Polar's hosted checkout, by the button named `button`. */
export async function startCheckout(page: Page, button: string): Promise<void> {
  await page.goto("/pricing");
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(/\/checkout\/polar_c_/);
}

/** Stripe's test cards, by what they do. */
export const cards = {
  pays: "4242 4242 4242 4242",
  "is declined": "4000 0000 0000 0002",
  "asks for confirmation": "4000 0025 0000 3155",
};
export type Card = keyof typeof cards;

/** Fills in the local Polar's checkout with one of the test cards and submits it. */
export async function submitCheckout(page: Page, card: Card): Promise<void> {
  await page.getByText("Test cards", { exact: true }).click();
  await page.getByRole("button", { name: `Use ${cards[card]}` }).click();
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await page.getByRole("button", { name: /^(Start trial|Subscribe|Pay)/ }).click();
}

/** What the app says the signed-in person may do. */
export async function entitlements(page: Page): Promise<{
  plan: string;
  interval: string | null;
  status: string;
  cancelAtPeriodEnd: boolean;
  extraUnits: number;
}> {
  return await (await page.request.get("/api/me/entitlements")).json();
}

/** Opens Polar's customer portal from the billing page. */
export async function openPortal(page: Page, button: string): Promise<void> {
  await page.goto("/billing");
  await page.getByRole("link", { name: button }).click();
  await page.waitForURL(`${polar}/portal**`);
  await expect(page.getByRole("heading", { name: "Your billing" })).toBeVisible();
}
