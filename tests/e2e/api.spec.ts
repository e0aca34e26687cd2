import { randomUUID } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { plans } from "@/lib/billing/catalog";
import { runBlock } from "../support/readme";
import { envelope, signed, subscription } from "../support/webhooks";
import { signIn } from "./sign-in";

const origin = process.env.APP_URL ?? "";
const free = plans.find((plan) => plan.key === "free");
if (!free) throw new Error("There is no free plan.");

async function newKey(page: Page, scopes = ["qr:write", "usage:read"]): Promise<string> {
  const made = await page.request.post("/api/keys", {
    data: { name: "Test", scopes, days: 30 },
    headers: { origin },
  });
  expect(made.status()).toBe(201);
  return (await made.json()).token;
}

/** A caller of the API: programs send no cookies and no origin. */
function calls(request: APIRequestContext, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  return {
    make: (data: unknown, more: Record<string, string> = {}) =>
      request.post("/api/v1/qr", { data, headers: { ...headers, ...more } }),
    usage: () => request.get("/api/v1/usage", { headers }),
  };
}

test("a person makes a key, sees it once, calls with it, and revokes it", async ({
  page,
  request,
}) => {
  await signIn(page);
  await page.goto("/keys");
  await expect(page.getByText("There is no key yet.")).toBeVisible();
  await page.getByLabel("Name").fill("Print shop");
  await page.getByLabel("Works for").selectOption("Without an end");
  await page.getByLabel("Read usage").check();
  await page.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("status").locator("code");
  await expect(shown).toHaveText(/^nsk_/);
  const token = (await shown.textContent()) ?? "";
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations).toEqual([]);

  const { make, usage } = calls(request, token);
  const code = await make({ text: "https://example.com" });
  expect(code.status()).toBe(200);
  expect(code.headers()["content-type"]).toBe("image/png");
  expect((await code.body()).subarray(1, 4).toString()).toBe("PNG");
  expect(code.headers()["x-codes-remaining"]).toBe(String(free.monthlyUnits - 1));
  const calm = free.requestsPerMinute;
  expect(code.headers()["ratelimit-policy"]).toBe(`"api";q=${calm};w=60`);
  expect(code.headers().ratelimit).toMatch(new RegExp(`^"api";r=${calm - 1};t=\\d+$`));
  expect(await (await usage()).json()).toMatchObject({
    used: 1,
    included: free.monthlyUnits,
    remaining: free.monthlyUnits - 1,
    overage: 0,
    hard_limit: true,
  });

  await page.reload();
  expect(await page.content()).not.toContain(token.slice(-43));
  await expect(page.getByText("Last used on")).toBeVisible();
  await page.getByRole("button", { name: "Revoke Print shop" }).click();
  await expect(page.getByText("The key was revoked.")).toBeVisible();
  const refused = await make({ text: "https://example.com" });
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "unauthenticated", status: 401 });
});

test("the usage page tells keys apart, follows while it is open, and gives its figures away", async ({
  page,
  request,
}) => {
  await signIn(page);
  const { make } = calls(request, await newKey(page));
  await make({ text: "https://example.com" });
  await page.clock.install();
  await page.goto("/usage");
  const row = page.getByRole("row", { name: /^Test/ });
  await expect(row).toContainText("1");
  await make({ text: "https://example.com" });
  // As when somebody comes back to the page.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(row).toContainText("2");
  await make({ text: "https://example.com" });
  await page.clock.fastForward(9_000);
  await expect(row).toContainText("2");
  await page.clock.fastForward(1_000);
  await expect(row).toContainText("3");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveClass(colorScheme === "dark" ? /dark/ : /^(?!.*dark)/);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const csv = await (await download).createReadStream();
  let text = "";
  for await (const chunk of csv) text += chunk;
  expect(text).toMatch(
    /^day,key,key_id,billable,free\r\n\d{4}-\d\d-\d\d,Test,[0-9a-f-]{36},0,3\r\n$/,
  );
});

test("a bad request for a key makes none", async ({ page }) => {
  await signIn(page);
  const ask = async (data: unknown) =>
    (await page.request.post("/api/keys", { data, headers: { origin } })).status();
  for (const wrong of [
    { name: "", scopes: ["qr:write"], days: 30 },
    { name: "x", scopes: [], days: 30 },
    { name: "x", scopes: ["everything"], days: 30 },
    { name: "x", scopes: ["qr:write"], days: 31 },
    { name: "x".repeat(61), scopes: ["qr:write"], days: 30 },
    { name: "x", scopes: ["qr:write"], days: 30, workspaceId: "another" },
    "nonsense",
  ])
    expect(await ask(wrong), JSON.stringify(wrong)).toBe(422);
  await page.goto("/keys");
  await expect(page.getByText("There is no key yet.")).toBeVisible();
});

test("what is wrong with a call is said as problem+json, and counts nothing", async ({
  page,
  request,
}) => {
  await signIn(page);
  const { make, usage } = calls(request, await newKey(page));
  const readOnly = calls(request, await newKey(page, ["usage:read"]));
  const expected: [Awaited<ReturnType<typeof make>>, number, string][] = [
    [await request.post("/api/v1/qr", { data: {} }), 401, "unauthenticated"],
    [await calls(request, "nsk_nothing").make({ text: "x" }), 401, "unauthenticated"],
    [await readOnly.make({ text: "x" }), 403, "insufficient_scope"],
    [await make({ text: "x", format: "svg" }), 403, "feature_missing"],
    [await make({ text: "" }), 422, "invalid_request"],
    [await make({ text: "x", colour: "red" }), 422, "invalid_request"],
    [await make("{"), 422, "invalid_request"],
    [await make({ text: "x" }, { "idempotency-key": "a b" }), 422, "invalid_request"],
    [await make("x".repeat(1_100_000)), 413, "too_large"],
    [await request.get("/api/v1/qr"), 405, "method_not_allowed"],
    [await request.post("/api/v1/openapi.json"), 405, "method_not_allowed"],
    [await request.get("/api/v1/nothing/here"), 404, "not_found"],
  ];
  for (const [response, status, code] of expected) {
    expect(response.status(), code).toBe(status);
    expect(response.headers()["content-type"]).toBe("application/problem+json");
    const problem = await response.json();
    expect(problem).toMatchObject({ status, code, detail: expect.any(String) });
    expect(problem.type).toBe(`${origin}/api-reference#problem-${code.replaceAll("_", "-")}`);
  }
  expect((await (await make({ text: "", format: "gif" })).json()).errors).toEqual([
    { field: "text", message: "must not be empty" },
    { field: "format", message: "must be png or svg" },
  ]);
  expect((await (await usage()).json()).used).toBe(0);
});

test("the same idempotency key is one use; with another body it is refused", async ({
  page,
  request,
}) => {
  await signIn(page);
  const { make, usage } = calls(request, await newKey(page));
  const key = { "idempotency-key": randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => make({ text: "https://example.com/1" }, key)),
  );
  expect(answers.map((answer) => answer.status())).toEqual([200, 200, 200, 200, 200]);
  const other = await make({ text: "https://example.com/2" }, key);
  expect(other.status()).toBe(422);
  expect((await other.json()).code).toBe("idempotency_key_reused");
  expect((await (await usage()).json()).used).toBe(1);
});

test("out of credits is 402 with the way to more; too many calls are 429 with the time to wait", async ({
  page,
  request,
}) => {
  await signIn(page);
  const { make, usage } = calls(request, await newKey(page));
  const statuses = await Promise.all(
    Array.from({ length: free.requestsPerMinute + 10 }, async () => {
      const answer = await make({ text: "https://example.com" });
      return { status: answer.status(), headers: answer.headers(), body: await answer.text() };
    }),
  );
  const of = (status: number) => statuses.filter((answer) => answer.status === status);
  expect(of(200)).toHaveLength(free.monthlyUnits);
  expect(of(402)).toHaveLength(free.requestsPerMinute - free.monthlyUnits);
  expect(of(429)).toHaveLength(10);
  expect(JSON.parse(of(402)[0]?.body ?? "")).toMatchObject({
    code: "insufficient_credits",
    action: { href: `${origin}/pricing` },
  });
  const [limited] = of(429);
  expect(Number(limited?.headers["retry-after"])).toBeGreaterThan(0);
  expect(limited?.headers.ratelimit).toMatch(/^"api";r=0;t=\d+$/);
  expect((await usage()).status()).toBe(429);
  const onPage = await page.request.post("/api/qr", {
    data: { text: "https://example.com" },
    headers: { origin },
  });
  expect(onPage.status()).toBe(429);
  expect(Number(onPage.headers()["retry-after"])).toBeGreaterThan(0);
});

test("what a plan adds, the API gives: SVG and more calls", async ({ page, request }) => {
  await signIn(page);
  const { make } = calls(request, await newKey(page));
  const me = await (await page.request.get("/api/auth/session")).json();
  const body = envelope("subscription.active", subscription(me.user.id));
  const headers = signed(body, process.env.POLAR_WEBHOOK_SECRET ?? "");
  await page.request.post("/api/webhooks/polar", { data: body, headers });
  await expect
    .poll(async () => (await (await page.request.get("/api/me/entitlements")).json()).plan)
    .toBe("pro");
  const svg = await make({ text: "x", format: "svg", foreground: "#14213d" });
  expect(svg.status()).toBe(200);
  expect(await svg.text()).toContain("<svg");
  expect(svg.headers()["ratelimit-policy"]).toBe('"api";q=600;w=60');
});

test("the reference shows the document that there is, and its examples run as they stand", async ({
  page,
}) => {
  await signIn(page);
  const token = await newKey(page);
  const document = await (await page.request.get("/api/v1/openapi.json")).json();
  expect(document.openapi).toMatch(/^3\.1/);
  await page.goto("/api-reference");
  for (const [path, operations] of Object.entries<Record<string, { summary: string }>>(
    document.paths,
  )) {
    await expect(page.getByText(`${origin}/api/v1${path}`, { exact: true })).toBeVisible();
    for (const { summary } of Object.values(operations))
      await expect(page.getByRole("heading", { name: summary })).toBeVisible();
  }
  const samples = await page.locator("pre code").all();
  expect(samples).toHaveLength(4);
  process.env.NORTHSTAR_API_KEY = token;
  const file = `code-${randomUUID()}.png`;
  try {
    for (const sample of samples) {
      const language = (await sample.getAttribute("data-language")) === "curl" ? "sh" : "ts";
      const source = (await sample.textContent()) ?? "";
      const said = (await runBlock({ language, code: source }, { "code.png": file })).join("\n");
      if (source.includes("code.png")) {
        expect(statSync(resolve(import.meta.dirname, "../..", file)).size).toBeGreaterThan(500);
        rmSync(resolve(import.meta.dirname, "../..", file));
        if (language === "ts") expect(said).toBe(`${free.monthlyUnits - 2} codes remain`);
      } else if (language === "ts") expect(said).toBe(`2 of ${free.monthlyUnits} codes used`);
      else expect(JSON.parse(said).used).toBe(2);
    }
  } finally {
    delete process.env.NORTHSTAR_API_KEY;
  }
});

for (const path of ["/keys", "/api-reference"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${path} is accessible, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await signIn(page);
      await newKey(page);
      await page.goto(path);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  }
}
