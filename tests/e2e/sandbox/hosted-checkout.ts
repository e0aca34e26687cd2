import { expect, type Page } from "@playwright/test";
import { polar } from "@/lib/polar";
import { type Card, cards, submitCheckout } from "../checkout";

/** Pays at Polar's hosted checkout, which is open in `page`, with one of the test cards. */
type HostedCheckout = (page: Page, card: Card, workspaceId: string) => Promise<void>;

/**
 * The sandbox's own page: its labels and buttons, and Stripe's fields in their frame, are those of Polar's package
 * `checkout` and of Stripe's Payment Element. The country is set by the API, as the page guesses it by the address of
 * who asks, and for some asks for more fields.
 */
const polarsCheckout: HostedCheckout = async (page, card, workspaceId) => {
  const { items } = await polar().checkouts.list({ external_customer_id: workspaceId });
  const open = items.find(({ client_secret }) => page.url().includes(client_secret));
  if (!open) throw new Error("Polar knows no checkout of the page that is open.");
  await polar().checkouts.update(open.id, { customer_billing_address: { country: "CH" } });
  await page.reload();
  const stripe = page.frameLocator('iframe[title="Secure payment input frame"]').first();
  await stripe.locator('input[name="number"]').fill(cards[card]);
  await stripe.locator('input[name="expiry"]').fill("12 / 34");
  await stripe.locator('input[name="cvc"]').fill("123");
  await page.getByLabel("Cardholder name").fill("Ada Lovelace");
  await page.getByRole("button", { name: /^(Start trial|Subscribe now|Pay now)$/ }).click();
};

const pay: HostedCheckout =
  process.env.POLAR_ENVIRONMENT === "local" ? submitCheckout : polarsCheckout;

/** Pays with a card that is good for it. */
export const payWell = (page: Page, workspaceId: string) => pay(page, "pays", workspaceId);

/** Pays with a card that the bank declines, and sees the checkout say so. */
export async function payInVain(page: Page, workspaceId: string): Promise<void> {
  await pay(page, "is declined", workspaceId);
  await expect(page.getByText(/card (was|has been) declined/i).first()).toBeVisible();
}
