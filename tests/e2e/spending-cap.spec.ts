import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { startCheckout, submitCheckout } from "./checkout";
import { signIn } from "./sign-in";

test("a spending cap is set, corrected and taken away, also without scripts", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await page.goto("/usage");
  await expect(page.getByText("Spending cap")).toHaveCount(0);
  await startCheckout(page, "Start 14-day trial of Pro");
  await submitCheckout(page, "pays");
  await expect(page.getByRole("heading", { name: "Pro is yours" })).toBeVisible();

  const storageState = await page.context().storageState();
  const plain = await (
    await browser.newContext({ storageState, javaScriptEnabled: false })
  ).newPage();
  for (const tab of [page, plain]) {
    await tab.goto("/usage");
    const amount = tab.getByLabel("Most per period, in USD");
    const save = tab.getByRole("button", { name: "Save" });
    await expect(amount).toHaveValue("");
    await amount.fill("20.50");
    await save.click();
    await expect(tab.getByRole("status")).toHaveText("Your spending cap is saved.");
    await expect(amount).toHaveValue("20.50");
    await expect(tab.getByText("up to your spending cap of $20.50")).toBeVisible();
    await amount.fill("");
    await save.click();
    await expect(tab.getByRole("status")).toHaveText("There is no spending cap any more.");
    await expect(amount).toHaveValue("");
  }
  await page.goto("/usage?cap=invalid#spending-cap");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("That is not an amount");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect(
    (
      await page.request.post("/api/usage/spending-cap", {
        form: { amount: "a lot" },
        headers: { origin: process.env.APP_URL ?? "" },
      })
    ).status(),
  ).toBe(422);
});
