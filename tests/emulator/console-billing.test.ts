import { expect, test } from "vitest";
import { consoleVisit, expectPage } from "../support/console";

const visit = consoleVisit();

const heading = (name: string) =>
  expectPage(visit.page.getByRole("heading", { level: 1, name })).toBeVisible();

test("a customer is found, their card changed and fails, the portal opened, and they are deleted", async () => {
  const { life, newest, page, press, says } = visit;
  const { customer } = await life.buy(life.products.plan, "ada");
  await life.buy(life.products.pack, "grace");
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await page.getByRole("searchbox").fill("ADA@");
  await press("Search");
  await expectPage(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "ada@example.com" }).click();
  await heading("ada@example.com");
  await expectPage(page.getByRole("region", { name: "As the API shows it" })).toContainText(
    `"external_id": "ada"`,
  );
  await press("Card 0341");
  await says("0341");
  await life.advance(32);
  expect((await newest()).status).toBe("past_due");

  await press("Open portal");
  await heading("Your billing");
  await page.goto(`/console/customers/${customer.id}`);
  await press("Delete");
  await says("is deleted");
  await expect(life.polar.customers.get(customer.id)).rejects.toMatchObject({ statusCode: 404 });
});

test("a subscription is canceled, uncanceled, paused, renewed by the clock, resumed and revoked", async () => {
  const { life, newest, page, press, says } = visit;
  await life.buy(life.products.plan, "ada");
  const { id, current_period_end } = await newest();
  await page.goto(`/console/subscriptions/${id}`);
  await press("Cancel at period end");
  await says("It ends with its period");
  expect((await newest()).cancel_at_period_end).toBe(true);
  await press("Uncancel");
  await says("goes on");
  await press("Jump to renewal");
  await says("It is");
  expect((await newest()).current_period_start).toBe(current_period_end);
  await press("Pause at period end");
  await press("Jump to renewal");
  await expect.poll(async () => (await newest()).status).toBe("paused");
  await press("Resume");
  await says("resumed");
  await press("Revoke now");
  await says("has ended");
  expect((await newest()).status).toBe("canceled");
  await expectPage(page.getByRole("button", { name: "Revoke now" })).toHaveCount(0);
});

test("a trial ends at once; an order is refunded in full, and one that failed is charged again", async () => {
  const { life, newest, page, press, says } = visit;
  const { customer } = await life.buy(life.products.trial, "grace", "pm_card_chargeCustomerFail");
  await page.goto(`/console/subscriptions/${(await newest()).id}`);
  await press("End trial now");
  await life.settle();
  expect((await newest()).status).toBe("past_due");
  await life.control("PUT", `customers/${customer.id}/card`, { number: "4242424242424242" });
  await page.goto("/console/orders?status=pending");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await press("Retry the charge");
  await says("went through");
  await life.settle();
  await press("Refund $19.00");
  await says("$19.00 are refunded");
  await expectPage(page.getByText("refunded", { exact: true }).first()).toBeVisible();
  const [order] = (await life.polar.orders.list({ customer_id: customer.id })).items;
  expect(order).toMatchObject({ status: "refunded", refunded_amount: 1900 });
  await page.getByRole("link", { name: "Invoice" }).click();
  await page.waitForURL(/invoice/);
});
