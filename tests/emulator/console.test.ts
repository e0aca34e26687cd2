import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type Page, expect as pageExpect } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startEmulator } from "@/emulator/server";
import { launchBrowser } from "../support/browser";
import { type PolarLife, polarLife } from "../support/polar-life";

// Generous, for a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const expectPage = pageExpect.configure({ timeout: 20_000 });

let browser: Browser;
let life: PolarLife;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  life = await polarLife();
  const context = await browser.newContext({ baseURL: life.emulator.url });
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
  await life.close();
});

const press = (name: string | RegExp) => page.getByRole("button", { name }).first().click();
const says = (text: string | RegExp) =>
  expectPage(page.getByRole("status").filter({ hasText: text })).toBeVisible();
const heading = (name: string) =>
  expectPage(page.getByRole("heading", { level: 1, name })).toBeVisible();
const newest = async () => {
  const { items } = await life.polar.subscriptions.list({});
  if (!items[0]) throw new Error("no subscription");
  return items[0];
};

test("a customer is found, their card changed and fails, the portal opened, and they are deleted", async () => {
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

test("every attempt of a webhook is there with what was sent and answered; a redelivery keeps its id", async () => {
  life.answer(500);
  await life.polar.products.update(life.products.pack.id, { name: "Renamed" });
  await life.settle();
  await expect.poll(life.arrived).toBe(2);
  const [first] = life.take();
  await page.goto("/console/webhooks?type=product.updated&state=delivered&q=Renamed");
  await page.getByRole("link", { name: "product.updated" }).click();
  await expectPage(page.getByRole("heading", { name: "Attempt 2" })).toBeVisible();
  const tried = page.getByRole("listitem").filter({ hasText: "Attempt 1" });
  await tried.getByText("Request headers").click();
  const headers = tried.getByRole("region", { name: "Request headers" });
  for (const name of ["webhook-id", "webhook-signature", "webhook-timestamp", "user-agent"])
    await expectPage(headers).toContainText(`${name}: ${first?.headers[name]}`);
  await expectPage(tried).toContainText("500");
  await page.getByText("As it is sent, byte for byte").click();
  const sent = page.getByRole("region", { name: "As it is sent, byte for byte" });
  expect(await sent.textContent()).toBe(first?.body);

  await press("Redeliver");
  await says("once more");
  await expect.poll(life.arrived).toBe(1);
  const [again] = life.take();
  expect(again?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  // The page shows it by itself.
  await expectPage(page.getByRole("heading", { name: "Attempt 3" })).toBeVisible();
});

test("an endpoint is disabled, enabled, signed otherwise and sent a test; its secret is shown when asked", async () => {
  const { id, secret } = life.endpoint;
  const shown = () => life.polar.webhooks.getWebhookEndpoint(id);
  await page.goto(`/console/endpoints/${id}`);
  await expectPage(page.getByText(secret)).toBeHidden();
  await page.getByText("Show", { exact: true }).click();
  await expectPage(page.getByText(secret)).toBeVisible();
  await press("Disable");
  await says("is disabled");
  expect((await shown()).enabled).toBe(false);
  await press("Enable");
  await says("is enabled");
  await press("Sign as legacy");
  await says("legacy");
  expect((await shown()).uses_standard_webhook_signature).toBe(false);
  await press("Send test event");
  await says("organization.updated");
  await expect.poll(life.arrived).toBe(1);
  expect(JSON.parse(life.take()[0]?.body ?? "").type).toBe("organization.updated");
});

test("the clock goes ahead by a step, any duration, to a date and to what comes next", async () => {
  const now = async () => (await life.control<{ now: string }>("GET", "clock")).now;
  const days = async (from: string) => (Date.parse(await now()) - Date.parse(from)) / 86_400_000;
  await life.buy(life.products.plan, "ada");
  let from = await now();
  await page.goto("/console/clock");
  await press("1 day");
  await says("It is");
  expect(await days(from)).toBeCloseTo(1, 2);
  from = await now();
  await page.getByLabel("Ahead by").fill("36");
  await page.getByLabel("Unit").selectOption("hour");
  await press("Advance");
  await says("It is");
  expect(await days(from)).toBeCloseTo(1.5, 2);
  const { current_period_end } = await newest();
  await press("To the next event");
  await says("It is");
  expect((await newest()).current_period_start).toBe(current_period_end);
  await page.getByLabel("To a date").fill("2000-01-01T00:00");
  await page.locator("form", { hasText: "To a date" }).evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await press("Go there");
  await expectPage(page.getByRole("alert")).toContainText("does not run backwards");
});

test("faults are set by the form and by presets, shown everywhere, and all ended", async () => {
  const settings = () => life.control("GET", "faults");
  await page.goto("/console/faults");
  await page.getByLabel("What goes wrong").selectOption("error_503");
  await page.getByLabel("Share of calls, %").fill("25");
  await page.getByLabel("Sent twice, %").fill("50");
  await page.getByLabel("Seed").fill("9");
  await page.getByLabel("Hold all of them").check();
  await press("Set these faults");
  await says("The faults are set");
  expect(await settings()).toMatchObject({
    seed: 9,
    api: { fault: "error_503", share: 0.25, remaining: null },
    webhooks: { duplicate: 0.5, hold: true },
  });
  await press("Switch on A bad day");
  await says("A bad day");
  expect(await settings()).toMatchObject({ seed: 9, webhooks: { hold: false, timeout: 0.2 } });
  await page.goto("/console/customers");
  await page.getByRole("link", { name: "Faults on" }).click();
  await press("End all faults");
  await says("All faults have ended");
  expect(await settings()).toMatchObject({ api: { fault: null }, webhooks: { timeout: 0 } });
});

test("a list shows what is new by itself, and keeps the focus and what is being typed", async () => {
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

test("an unknown page is 404, and a console that is switched off shows nothing", async () => {
  for (const path of ["/console/nothing", `/console/customers/${life.endpoint.id}`])
    expect((await fetch(life.emulator.url + path)).status).toBe(404);
  const closed = await startEmulator({ console: false });
  expect(await (await fetch(closed.url)).text()).toContain("switched off");
  expect((await fetch(`${closed.url}/console/customers`)).status).toBe(501);
  await closed.close();
});

test("a page of another origin can press no button", async () => {
  const { customer } = await life.buy(life.products.plan, "ada");
  const other = await startEmulator();
  await page.goto(other.url);
  const action = `${life.emulator.url}/console/customers/${customer.id}`;
  await page.evaluate((address) => {
    document.body.innerHTML = `<form method="post" action="${address}"><input name="action" value="delete"></form>`;
    document.forms[0]?.submit();
  }, action);
  await page.waitForURL(action);
  expect(await page.textContent("body")).toContain("ForeignOrigin");
  expect((await life.polar.customers.get(customer.id)).deleted_at).toBeNull();
  complaints.length = 0;
  await other.close();
});
