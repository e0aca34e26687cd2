import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { startCheckout, submitCheckout } from "./checkout";
import { signIn } from "./sign-in";

const origin = process.env.APP_URL ?? "";
const app = resolve(import.meta.dirname, "../../app");

/** Every address that a file under app/ makes, groups taken out. */
function addresses(file: "page.tsx" | "route.ts"): string[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((path) => path.split("/").at(-1) === file)
    .map((path) => {
      const parts = path.split("/").slice(0, -1);
      return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
    })
    .sort();
}

type Person = { page: Page; email: string; id: string };
type People = { anonymous: Person; stranger: Person; owner: Person & { checkout: string } };
let people: People;

async function newPerson(browser: Browser): Promise<Person> {
  const page = await (await browser.newContext()).newPage();
  const { email } = await signIn(page);
  const { user } = await (await page.request.get("/api/auth/session")).json();
  return { page, email, id: user.id };
}

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  const owner = await newPerson(browser);
  await startCheckout(owner.page, "Start 14-day trial of Pro");
  await submitCheckout(owner.page, "pays");
  await expect(owner.page.getByRole("heading", { name: "Pro is yours" })).toBeVisible();
  const checkout = new URL(owner.page.url()).searchParams.get("checkout_id") ?? "";
  people = {
    owner: { ...owner, checkout },
    stranger: await newPerson(browser),
    anonymous: {
      page: await (await browser.newContext()).newPage(),
      email: "nobody",
      id: "nobody",
    },
  };
});

type Expected = { anonymous: string; stranger: string; owner: string };
const everybody = (path: string): Expected => ({ anonymous: path, stranger: path, owner: path });
const signedIn = (path: string): Expected => ({ ...everybody(path), anonymous: "/sign-in" });
const signedOut = (path: string): Expected => ({ ...everybody("/dashboard"), anonymous: path });

const noOrder = "00000000-0000-4000-8000-000000000000";

/** Where each person ends up who opens a page. */
const pages: Record<string, Expected> = {
  "/": everybody("/"),
  "/pricing": everybody("/pricing"),
  "/sign-in": signedOut("/sign-in"),
  "/sign-in/check-email": everybody("/sign-in/check-email"),
  "/sign-in/confirm": everybody("/sign-in/confirm"),
  "/sign-in/error": everybody("/sign-in/error"),
  "/dashboard": signedIn("/dashboard"),
  "/usage": signedIn("/usage"),
  "/billing": signedIn("/billing"),
  // Of an order that is nobody's; whose an invoice is, money-back.test.ts asks.
  "/billing/invoices/[orderId]": signedIn(`/billing/invoices/${noOrder}`),
  "/billing/plan": { anonymous: "/sign-in", stranger: "/pricing", owner: "/billing/plan" },
  "/keys": signedIn("/keys"),
  "/api-reference": everybody("/api-reference"),
  "/settings": signedIn("/settings"),
  "/settings/delete": signedIn("/settings/delete"),
  "/goodbye": everybody("/goodbye"),
  "/checkout/start": everybody("/pricing"),
  "/checkout/success": signedIn("/checkout/success"),
  "/studio": { anonymous: "/sign-in", stranger: "/pricing", owner: "/studio" },
};

/** What each person is answered: a status, and where a redirect leads. */
type Call = {
  method: "GET" | "POST";
  data?: unknown;
  form?: Record<string, string>;
  expected: Record<keyof Expected, number | RegExp>;
};
const same = (answer: number) => ({ anonymous: answer, stranger: answer, owner: answer });
const routes: Record<string, Call> = {
  "/api/account/delete": {
    method: "POST",
    form: { email: "somebody-else@example.com" },
    expected: { anonymous: 401, stranger: 422, owner: 422 },
  },
  "/api/account/export": {
    method: "GET",
    expected: { anonymous: 401, stranger: 200, owner: 200 },
  },
  "/api/auth/[...nextauth]": { method: "GET", expected: same(200) },
  "/api/health/live": { method: "GET", expected: same(200) },
  "/api/health/ready": { method: "GET", expected: same(200) },
  "/api/me/entitlements": {
    method: "GET",
    expected: { anonymous: 401, stranger: 200, owner: 200 },
  },
  "/api/metrics": { method: "GET", expected: same(401) },
  "/api/portal": {
    method: "GET",
    expected: {
      anonymous: /^\/sign-in/,
      stranger: /\/portal\?customer_session_token=/,
      owner: /\/portal\?customer_session_token=/,
    },
  },
  "/api/checkout": {
    method: "POST",
    form: { product: "pro-monthly" },
    expected: { anonymous: 401, stranger: /\/checkout\/polar_c_/, owner: 409 },
  },
  "/api/billing/refresh": {
    method: "POST",
    form: {},
    expected: { anonymous: 401, stranger: /^\/billing$/, owner: /^\/billing$/ },
  },
  "/api/subscription": {
    method: "POST",
    form: { action: "pause", seen: "another state" },
    expected: { anonymous: 401, stranger: 409, owner: 409 },
  },
  "/api/keys": {
    method: "POST",
    data: { name: "Mine", scopes: ["qr:write"], days: 30 },
    expected: { anonymous: 401, stranger: 201, owner: 201 },
  },
  "/api/keys/revoke": {
    method: "POST",
    form: { id: "another's" },
    expected: { anonymous: 401, stranger: 404, owner: 404 },
  },
  // A session opens nothing here: only a key does (api.spec.ts).
  "/api/v1/qr": { method: "POST", data: { text: "x" }, expected: same(401) },
  "/api/v1/usage": { method: "GET", expected: same(401) },
  "/api/v1/[...path]": { method: "GET", expected: same(404) },
  "/api/v1/openapi.json": { method: "GET", expected: same(200) },
  "/api/qr": {
    method: "POST",
    data: { text: "https://example.com", format: "svg" },
    expected: { anonymous: 401, stranger: 403, owner: 200 },
  },
  "/api/usage/export": { method: "GET", expected: { anonymous: 401, stranger: 200, owner: 200 } },
  "/api/usage/spending-cap": {
    method: "POST",
    form: { amount: "20" },
    expected: {
      anonymous: 401,
      stranger: /^\/usage\?cap=set#spending-cap$/,
      owner: /^\/usage\?cap=set#spending-cap$/,
    },
  },
  "/api/webhooks/polar": { method: "POST", data: { type: "order.paid" }, expected: same(403) },
};
const addressOf = (route: string) =>
  route
    .replace("[...nextauth]", "session")
    .replace("[...path]", "nothing")
    .replace("[orderId]", noOrder);

test("the tables name every page and route that there is", () => {
  expect(Object.keys(pages).sort()).toEqual(addresses("page.tsx"));
  expect(Object.keys(routes).sort()).toEqual(addresses("route.ts"));
});

for (const [page, expected] of Object.entries(pages)) {
  const path = addressOf(page);
  test(`${page}: each person gets what is theirs`, async () => {
    for (const who of ["anonymous", "stranger", "owner"] as const) {
      const { page } = people[who];
      const query = path === "/checkout/success" ? `?checkout_id=${people.owner.checkout}` : "";
      const response = await page.goto(path + query);
      const isForeign = path === "/checkout/success" && who === "stranger";
      const isMissing = isForeign || (path.endsWith(noOrder) && who !== "anonymous");
      expect(response?.status(), who).toBe(isMissing ? 404 : 200);
      expect(new URL(page.url()).pathname, who).toBe(expected[who]);
      if (who === "owner") continue;
      const content = await page.content();
      expect(content, who).not.toContain(people.owner.email);
      expect(content, who).not.toContain(people.owner.id);
      expect(content, who).not.toContain("Pro is yours");
    }
  });
}

for (const [route, { expected, method, ...body }] of Object.entries(routes)) {
  const path = addressOf(route);
  test(`${method} ${path}: each person gets what is theirs`, async () => {
    for (const who of ["anonymous", "stranger", "owner"] as const) {
      const response = await people[who].page.request.fetch(path, {
        method,
        ...body,
        headers: { origin },
        maxRedirects: 0,
      });
      const wanted = expected[who];
      if (wanted instanceof RegExp) expect(response.headers().location, who).toMatch(wanted);
      else expect(response.status(), who).toBe(wanted);
      const text = await response.text();
      if (who !== "owner") expect(text, who).not.toContain(people.owner.id);
    }
  });

  test(`${path}: another method is refused in words and changes nothing`, async () => {
    const wrong = method === "GET" ? "PUT" : "GET";
    const response = await people.owner.page.request.fetch(path, {
      method: path.startsWith("/api/auth") ? "DELETE" : wrong,
      headers: { origin },
    });
    // What is nowhere is nowhere for every method.
    const isNowhere = expected.anonymous === 404;
    expect(response.status()).toBe(isNowhere ? 404 : 405);
    if (isNowhere) return;
    expect(response.headers().allow).toContain(method);
    const answer = await response.json();
    expect(answer.error?.message ?? answer.detail).toContain(method);
  });
}

for (const path of Object.keys(pages).map(addressOf)) {
  test(`${path}: another method is refused in words`, async () => {
    for (const who of ["anonymous", "owner"] as const) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        const response = await people[who].page.request.fetch(path, {
          method,
          headers: { origin },
          maxRedirects: 0,
        });
        expect(response.status(), method).toBe(405);
        expect(response.headers().allow).toBe("GET, HEAD");
        expect((await response.json()).error.message).toContain("GET");
      }
    }
    const action = await people.owner.page.request.post(path, {
      headers: { origin, "next-action": "0".repeat(42) },
      maxRedirects: 0,
    });
    expect([404, 409], "a server action that there is not").toContain(action.status());
    const head = await people.anonymous.page.request.head(path, { maxRedirects: 0 });
    expect(head.status()).not.toBe(405);
  });
}

test("who sends the token is told what these people did, by whichever part of the server", async () => {
  const answer = await people.anonymous.page.request.get("/api/metrics", {
    headers: { authorization: `Bearer ${process.env.METRICS_TOKEN}` },
  });
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("text/plain; version=0.0.4");
  const text = await answer.text();
  for (const line of [
    /^app_database_up 1$/m,
    /^polar_checkouts_created_total\{product="pro-monthly"\} [1-9]/m,
    /^polar_orders_completed_total\{product="pro-monthly",billing_reason="subscription_create"\} [1-9]/m,
    /^polar_subscriptions_active [1-9]/m,
    /^polar_webhook_duration_seconds_count\{type="order.paid",outcome="applied"\} [1-9]/m,
    /^polar_webhook_receipt_duration_seconds_count\{outcome="stored"\} [1-9]/m,
    // A background job's call, made by the server's start, and a route's.
    /^polar_api_calls_total\{endpoint="GET \/v1\/subscriptions",status="200"\} [1-9]/m,
    /^polar_api_calls_total\{endpoint="POST \/v1\/checkouts",status="201"\} [1-9]/m,
  ])
    expect(text).toMatch(line);
  for (const { id, email } of [people.owner, people.stranger]) {
    expect(text).not.toContain(id);
    expect(text).not.toContain(email);
  }
});

test("a form that cannot be done leads to a page that says why", async () => {
  const buy = (who: keyof People, form: Record<string, string>) =>
    people[who].page.request.post("/api/checkout", {
      form,
      headers: { origin, accept: "text/html,*/*;q=0.8" },
      maxRedirects: 0,
    });
  for (const [answer, location] of [
    [
      await buy("anonymous", { product: "pro-monthly", next: "/studio" }),
      `/sign-in?callbackUrl=${encodeURIComponent("/checkout/start?product=pro-monthly&next=%2Fstudio")}`,
    ],
    [
      await buy("anonymous", { product: "pro-monthly", next: "//evil.example" }),
      `/sign-in?callbackUrl=${encodeURIComponent("/checkout/start?product=pro-monthly")}`,
    ],
    [await buy("anonymous", { product: "nothing" }), "/sign-in?callbackUrl=%2Fpricing"],
    [await buy("stranger", { product: "nothing" }), "/pricing?error=unknown_product"],
    [await buy("stranger", {}), "/pricing?error=unknown_product"],
    [await buy("owner", { product: "pro-monthly" }), "/billing?error=already_subscribed"],
  ] as const) {
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toBe(location);
  }
});

for (const path of [
  "/api/account/delete",
  "/api/billing/refresh",
  "/api/checkout",
  "/api/subscription",
  "/api/keys",
  "/api/keys/revoke",
  "/api/qr",
  "/api/auth/signout",
  "/api/auth/signin/email",
]) {
  test(`POST ${path} from another site is refused`, async () => {
    for (const from of ["https://evil.example", "null"]) {
      const response = await people.owner.page.request.post(path, {
        form: { product: "pro-monthly" },
        headers: { origin: from },
      });
      expect(response.status()).toBe(403);
    }
    const session = await (await people.owner.page.request.get("/api/auth/session")).json();
    expect(session.user.id).toBe(people.owner.id);
  });
}

test("a checkout that is nobody's is unknown, and so is no id at all", async () => {
  const { page } = people.owner;
  for (const id of [randomUUID(), "nonsense", "%2e%2e%2fproducts"]) {
    const response = await page.goto(`/checkout/success?checkout_id=${id}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("main")).not.toContainText("is yours");
  }
  expect((await page.goto("/checkout/success"))?.status()).toBe(404);
});
