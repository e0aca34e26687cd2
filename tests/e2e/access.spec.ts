import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { addressOf, noOrder } from "./access/address";
import { pages } from "./access/pages";
import { routes } from "./access/routes";
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
      const isMissing =
        isForeign || path.startsWith("/admin") || (path.endsWith(noOrder) && who !== "anonymous");
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
  "/api/admin/inbox/replay",
  "/api/admin/jobs",
  "/api/admin/reconcile",
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
