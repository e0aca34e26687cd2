import { type Browser, type Page, expect as pageExpect } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { launchBrowser } from "./browser";
import { type PolarLife, polarLife } from "./polar-life";

export const expectPage = pageExpect.configure({ timeout: 20_000 });

/**
 * Gives each test of the file a local Polar and a browser's page, both its own, and fails it when the page has
 * made the browser complain.
 */
export function consoleVisit() {
  // Generous, for a busy machine.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
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

  return {
    get browser() {
      return browser;
    },
    get life() {
      return life;
    },
    get page() {
      return page;
    },
    /** What the browser has found wrong. */
    get complaints() {
      return complaints;
    },
    press: (name: string | RegExp) => page.getByRole("button", { name }).first().click(),
    says: (text: string | RegExp) =>
      expectPage(page.getByRole("status").filter({ hasText: text })).toBeVisible(),
    /** The newest subscription, as the API shows it. */
    newest: async () => {
      const { items } = await life.polar.subscriptions.list({});
      if (!items[0]) throw new Error("no subscription");
      return items[0];
    },
  };
}
