import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { askForLink, confirm } from "./sign-in";

const origin = process.env.APP_URL ?? "";

/** A page of another site that holds `html`. */
async function elsewhere(page: Page, html: string): Promise<void> {
  await page.route("https://elsewhere.example/**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html>${html}` }),
  );
  await page.goto("https://elsewhere.example/");
}

async function newLink(browser: Browser): Promise<{ link: string; email: string }> {
  const page = await browser.newPage();
  const email = `${randomUUID()}@example.com`;
  const link = await askForLink(page, email);
  await page.close();
  return { link, email };
}

/** The address under which next-auth itself takes the token of `link`. */
function callbackOf(link: string): URL {
  const { searchParams } = new URL(link);
  const url = new URL("/api/auth/callback/email", origin);
  url.searchParams.set("email", searchParams.get("email") ?? "");
  url.searchParams.set("token", searchParams.get("token") ?? "");
  return url;
}

async function userOf(page: Page): Promise<{ email: string } | undefined> {
  return (await (await page.request.get("/api/auth/session")).json()).user;
}

test("whoever asked for a link is told where the mail is", async ({ page }) => {
  await askForLink(page, `${randomUUID()}@example.com`);
  await expect(page.getByRole("link", { name: "open the local mailbox" })).toHaveAttribute(
    "href",
    process.env.MAILBOX_URL ?? "",
  );
});

test("a link in a web mailer signs in, without any script too", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const { link, email } = await newLink(browser);
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await elsewhere(page, `<a href="${link.replaceAll("&", "&amp;")}">Sign in</a>`);
    await page.getByRole("link").click();
    await expect(page.getByRole("main")).toContainText(email);
    expect(await userOf(page)).toBeUndefined();
    await confirm(page);
    await page.waitForURL(/dashboard/);
    expect(await userOf(page)).toMatchObject({ email });
    await page.context().close();
  }
});

test("opening the address that takes the token signs nobody in and leads to the page with the button", async ({
  page,
  browser,
}) => {
  const { link, email } = await newLink(browser);
  const href = callbackOf(link).href.replaceAll("&", "&amp;");
  await elsewhere(page, `<a href="${href}">A prize</a>`);
  await page.getByRole("link").click();
  await expect(page).toHaveURL(/\/sign-in\/confirm\?/);
  expect(await userOf(page)).toBeUndefined();

  for (const path of ["", "/more"]) {
    const url = callbackOf(link);
    url.pathname += path;
    for (const method of ["GET", "HEAD"]) {
      const answer = await page.request.fetch(url.href, { method, maxRedirects: 0 });
      expect(answer.headers()["set-cookie"] ?? "").not.toContain("session-token");
    }
  }
  await confirm(page);
  await page.waitForURL(/dashboard/);
  expect(await userOf(page)).toMatchObject({ email });
});

test("another site's form signs nobody in", async ({ page, browser }) => {
  const { link } = await newLink(browser);
  const url = callbackOf(link);
  const fields = [...url.searchParams]
    .map(([name, value]) => `<input name="${name}" value="${value}">`)
    .join("");
  for (const action of [url.href, `${origin}${url.pathname}`]) {
    const target = action.replaceAll("&", "&amp;");
    await elsewhere(
      page,
      `<form method="post" action="${target}">${fields}<button>Go</button></form>`,
    );
    const answered = page.waitForResponse((response) => response.url().startsWith(origin));
    await page.getByRole("button").click();
    expect((await answered).status()).toBe(403);
  }
  expect(await userOf(page)).toBeUndefined();
  await page.goto(link);
  await confirm(page);
  await page.waitForURL(/dashboard/);
});

test("bad input to the sign-in endpoints gets a fitting answer and changes nothing", async ({
  request,
}) => {
  const post = async (path: string, data: string, type: string) => {
    const answer = await request.post(path, {
      data: Buffer.from(data),
      headers: { origin, "content-type": type },
      maxRedirects: 0,
    });
    return answer.status();
  };
  const json = "application/json";
  const form = "application/x-www-form-urlencoded";
  for (const path of [
    "/api/auth/signin/email",
    "/api/auth/signout",
    "/api/auth/callback/email",
    "/api/auth/_log",
  ]) {
    for (const type of [form, json, "text/plain"])
      expect(await post(path, `email=${"x".repeat(1_100_000)}`, type), path).toBe(413);
    for (const body of ["{", "null", '"text"', "[]", '{"callbackUrl":{}}'])
      expect(await post(path, body, json), `${path} ${body}`).toBe(400);
    expect(await post(path, "email=a%40example.com", "text/plain"), path).toBe(400);
  }
  for (const callbackUrl of ["nonsense", "javascript:alert(1)", "http://[", "//evil.example"]) {
    const answer = await request.get("/api/auth/signin", {
      params: { callbackUrl },
      maxRedirects: 0,
    });
    expect(answer.status(), callbackUrl).toBe(302);
    expect(new URL(answer.headers().location ?? "", origin).origin).toBe(origin);
    expect(answer.headers().location).not.toContain("evil");
  }
});

test("the button of the mail in the local mailbox signs in", async ({ page, context }) => {
  const email = `${randomUUID()}@example.com`;
  await askForLink(page, email);
  await page.goto(process.env.MAILBOX_URL ?? "");
  await page.getByText(email).first().click();
  const opened = context.waitForEvent("page");
  await page
    .frameLocator("iframe[title='Email HTML content']")
    .getByRole("link", { name: "Sign in" })
    .click();
  const app = await opened;
  await confirm(app);
  await app.waitForURL(/dashboard/);
  expect(await userOf(app)).toMatchObject({ email });
});
