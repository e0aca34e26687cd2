import { expect, test } from "vitest";
import { consoleVisit, expectPage } from "../support/console";

const visit = consoleVisit();

test("the clock goes ahead by a step, any duration, to a date and to what comes next", async () => {
  const { life, newest, page, press, says } = visit;
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
  const { life, page, press, says } = visit;
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
