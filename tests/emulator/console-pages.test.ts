import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { consoleVisit, expectPage } from "../support/console";

const visit = consoleVisit();

test("a list shows what is new by itself, and keeps the focus and what is being typed", async () => {
  const { life, page } = visit;
  for (const name of ["one", "two", "three"])
    await life.polar.customers.create({ email: `${name}@example.com` });
  await page.goto("/console/customers");
  const link = page.getByRole("link", { name: "two@example.com" });
  await link.focus();
  await page.getByRole("searchbox").fill("fo");
  await link.focus();
  await life.polar.customers.create({ email: "four@example.com" });
  await expectPage(page.getByRole("link", { name: "four@example.com" })).toBeVisible();
  await expectPage(link).toBeFocused();
  expect(await page.getByRole("searchbox").inputValue()).toBe("fo");
  const names = await page.getByRole("rowheader").allTextContents();
  expect(names.map((name) => name.split("@")[0])).toEqual(["four", "three", "two", "one"]);
});

test("lists are paged, and everything works without scripts", async () => {
  const { browser, life } = visit;
  const plain = await browser.newPage({ baseURL: life.emulator.url, javaScriptEnabled: false });
  for (let index = 1; index <= 30; index++)
    await life.polar.customers.create({ email: `person-${index}@example.com` });
  await plain.goto("/console/customers");
  expect(await plain.getByRole("rowheader").count()).toBe(25);
  await plain.getByRole("link", { name: "Older" }).click();
  expect(await plain.getByRole("rowheader").allTextContents()).toEqual(
    [5, 4, 3, 2, 1].map((index) => `person-${index}@example.com`),
  );
  await plain.getByRole("link", { name: "person-3@" }).click();
  await plain.getByRole("button", { name: "Card 4242" }).click();
  await expectPage(plain.getByText("The card on file ends in 4242 now.")).toBeVisible();
  await plain.context().close();
});

test("each page is accessible, light and dark, and fits a phone of 320 px", async () => {
  const { life, page } = visit;
  await life.buy(life.products.plan, "ada");
  life.answer(500);
  await life.polar.products.update(life.products.pack.id, { name: "Renamed" });
  await life.control("PUT", "faults", { webhooks: { duplicate: 0.1 } });
  await life.settle();
  const first = async (list: Promise<{ items: { id: string }[] }>) => (await list).items[0]?.id;
  const { polar } = life;
  const delivery = (await polar.webhooks.listWebhookDeliveries({ succeeded: false })).items[0];
  const paths = [
    "/",
    ...["customers", "subscriptions", "orders", "checkouts", "products", "events"].map(
      (path) => `/console/${path}`,
    ),
    ...["webhooks", "endpoints", "clock", "faults"].map((path) => `/console/${path}`),
    `/console/customers/${await first(polar.customers.list({}))}`,
    `/console/subscriptions/${await first(polar.subscriptions.list({}))}`,
    `/console/orders/${await first(polar.orders.list({}))}`,
    `/console/checkouts/${await first(polar.checkouts.list({}))}`,
    `/console/products/${life.products.plan.id}`,
    `/console/events/${await first(polar.events.list({}))}`,
    `/console/webhooks/${delivery?.webhook_event.id}`,
    `/console/endpoints/${life.endpoint.id}`,
  ];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: colorScheme === "light" ? 320 : 1280, height: 800 });
    for (const path of paths) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(200);
      const policy = response?.headers()["content-security-policy"] ?? "";
      expect(policy).not.toContain("unsafe-inline");
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // Nothing but colours differs between the two.
      if (colorScheme === "dark") axe.withRules(["color-contrast"]);
      const { violations } = await axe.analyze();
      expect(violations, `${path} ${colorScheme}`).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, path).toBeLessThanOrEqual(0);
    }
  }
}, 300_000);
