import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { accountExport } from "@/lib/account/export/schema";
import { localPolar } from "../support/polar";
import { entitlements, startCheckout, submitCheckout } from "./checkout";
import { mailTo, signIn } from "./sign-in";

const mailbox = process.env.MAILBOX_URL ?? "";

async function isAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** The person's own id, as the session tells it. */
async function idOf(page: Page): Promise<string> {
  return (await (await page.request.get("/api/auth/session")).json()).user.id;
}

test("a person takes their data along, deletes the account, and begins anew with the same address", async ({
  page,
}) => {
  const { email } = await signIn(page);
  const id = await idOf(page);
  await startCheckout(page, "Get Business");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Business is yours" })).toBeVisible();

  await page.goto("/settings");
  await isAccessible(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as JSON" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("northstar-account.json");
  const found = accountExport.parse(JSON.parse(await readFile(await download.path(), "utf8")));
  expect(found.user).toMatchObject({ id, email });
  expect(found.orders).toMatchObject([{ total: { currency: "usd" }, paid: true }]);

  await page.getByRole("link", { name: "Delete account" }).click();
  await expect(page.getByText("Your plan ends at once.")).toBeVisible();
  await isAccessible(page);
  await page.getByLabel(/^Type .* to confirm$/).fill("somebody-else@example.com");
  await page.getByRole("button", { name: "Delete this account for good" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Nothing was deleted");
  await isAccessible(page);
  await page.getByLabel(/^Type .* to confirm$/).fill(email);
  await page.getByRole("button", { name: "Delete this account for good" }).click();
  await expect(page.getByRole("heading", { name: "Your account is deleted" })).toBeVisible();
  await isAccessible(page);
  await mailTo(mailbox, email, "Your Northstar account is deleted");
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await localPolar.list(`subscriptions/?external_customer_id=${id}`)).toEqual([]);

  await signIn(page, email);
  expect(await idOf(page)).not.toBe(id);
  expect(await entitlements(page)).toMatchObject({ plan: "free", status: "none", extraUnits: 0 });
});

test("without JavaScript an account is deleted too", async ({ page, browser }) => {
  const { email } = await signIn(page);
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const without = await plain.newPage();
  await without.goto("/settings/delete");
  await expect(without.getByText("Your plan ends at once.")).toBeHidden();
  await without.getByLabel(/^Type .* to confirm$/).fill(email);
  await without.getByRole("button", { name: "Delete this account for good" }).click();
  await expect(without.getByRole("heading", { name: "Your account is deleted" })).toBeVisible();
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in/);
  await plain.close();
});
