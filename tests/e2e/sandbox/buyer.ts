import { randomUUID } from "node:crypto";
import { test as base, expect, type Page } from "@playwright/test";
import { polar } from "@/lib/polar";
import { entitlements, startCheckout } from "../checkout";
import { signIn } from "../sign-in";
import { payWell } from "./hosted-checkout";

/** An address that nobody had: at Polar's sandbox of a domain that takes mail, as it asks for one. */
function newEmail(): string {
  const [name, domain] = (process.env.SANDBOX_EMAIL ?? "@example.com").split("@");
  return `${name}${randomUUID()}@${domain}`;
}

/** What Polar holds of a buyer, a line an object, for whoever reads why a scenario failed. */
async function holdings(workspaceId: string): Promise<string[]> {
  const of = { external_customer_id: workspaceId };
  const [checkouts, subscriptions, orders, grants] = await Promise.all([
    polar().checkouts.list(of),
    polar().subscriptions.list(of),
    polar().orders.list(of),
    polar().benefitGrants.list(of),
  ]);
  return [
    ...checkouts.items.map(({ id, status }) => `checkout ${id}: ${status}`),
    ...subscriptions.items.map(
      ({ id, status, product }) => `subscription ${id}: ${status}, ${product.name}`,
    ),
    ...orders.items.map(
      ({ id, status, billing_reason }) => `order ${id}: ${status}, ${billing_reason}`,
    ),
    ...grants.items.map(
      ({ id, is_granted, benefit }) =>
        `grant ${id}: ${is_granted ? "granted" : "not granted"}, ${benefit.description}`,
    ),
  ];
}

/** A test with somebody new who is signed in; when it fails, it tells what Polar holds of them. */
export const test = base.extend<{ buyer: string }>({
  buyer: async ({ page }, use, info) => {
    await signIn(page, newEmail(), process.env.SANDBOX_MAILBOX_URL);
    const { user } = await (await page.request.get("/api/auth/session")).json();
    await use(user.id);
    if (info.status === info.expectedStatus) return;
    const lines = await holdings(user.id).catch((error) => [String(error)]);
    console.log(
      `"${info.title}" failed. Polar holds of ${user.id}:\n  ${lines.join("\n  ") || "nothing"}`,
    );
  },
});

/** Buys what the button on the page of prices names, and comes back to a page that calls it theirs. */
export async function buy(
  page: Page,
  workspaceId: string,
  button: string,
  name: string,
): Promise<void> {
  await startCheckout(page, button);
  await payWell(page, workspaceId);
  await expect(page.getByRole("heading", { name: `${name} is yours` })).toBeVisible();
}

/** Buys Business by the month. @returns the subscription at Polar, once the app gives it. */
export async function subscribe(page: Page, workspaceId: string) {
  await buy(page, workspaceId, "Get Business", "Business");
  await expect
    .poll(() => entitlements(page))
    .toMatchObject({ plan: "business", status: "active", interval: "month" });
  return await subscriptionOf(workspaceId);
}

/** The one subscription that Polar has of a buyer. */
export async function subscriptionOf(workspaceId: string) {
  const { items } = await polar().subscriptions.list({ external_customer_id: workspaceId });
  expect(items).toHaveLength(1);
  const [subscription] = items;
  if (!subscription) throw new Error("Polar has no subscription.");
  return subscription;
}

/** What Polar has charged a buyer for, the newest first. */
export async function ordersOf(workspaceId: string) {
  return (await polar().orders.list({ external_customer_id: workspaceId })).items;
}
