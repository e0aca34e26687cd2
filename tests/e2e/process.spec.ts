import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { authCookies } from "@/lib/auth/cookies";
import { type LocalMail, startMail } from "@/scripts/local/mail";
import { type NextServer, startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { type Relay, startRelay } from "../support/relay";
import { envelope, signed, subscription } from "../support/webhooks";
import { ownWorld, type World } from "../support/world";
import { askForLink, confirm, signIn } from "./sign-in";

// An app of its own, with a database, a Polar and a mail server that can be taken away from it.
test.describe.configure({ mode: "serial" });

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
let world: World;
let database: Relay;
let mail: LocalMail | null = null;
let mailPorts: { smtpPort: number; webPort: number };
let app: NextServer;
let url: string;
let folder: string;
let env: NodeJS.ProcessEnv;

async function startMailServer(): Promise<LocalMail> {
  mail = await startMail({ dir: join(folder, "mail"), ...mailPorts });
  return mail;
}

test.beforeAll(async () => {
  const before = { ...process.env };
  folder = mkdtempSync(join(tmpdir(), "northstar-process-"));
  world = await ownWorld();
  const own = new URL(process.env.DATABASE_URL ?? "");
  database = await startRelay(Number(own.port));
  own.port = String(database.port);
  mailPorts = { smtpPort: await anyPort(), webPort: await anyPort() };
  const port = await anyPort();
  url = `http://localhost:${port}`;
  env = {
    ...process.env,
    APP_URL: url,
    DATABASE_URL: own.href,
    SMTP_URL: `smtp://127.0.0.1:${mailPorts.smtpPort}`,
    LOG_LEVEL: "debug",
    AUTH_SECRET: randomBytes(32).toString("base64"),
    AUTH_GITHUB_ID: "a-github-app",
    AUTH_GITHUB_SECRET: "its-secret",
  };
  Object.assign(process.env, before);
  app = startNext("start", port, env);
  await untilReady(app, `${url}/api/health/ready`);
});

test.afterAll(async () => {
  await app.stop();
  await database.cut();
  await mail?.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

type Line = Record<string, unknown> & { msg: string; requestId?: string };
const lines = (): Line[] =>
  app
    .output()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Line] : []));

async function requestLink(email: string): Promise<Response> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return await fetch(`${url}/api/auth/signin/email`, {
    method: "POST",
    redirect: "manual",
    headers: {
      origin: url,
      cookie: csrf.headers
        .getSetCookie()
        .map((cookie) => cookie.split(";")[0])
        .join("; "),
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ email, csrfToken, json: "true", callbackUrl: "/dashboard" }),
  });
}

test("a provider whose keys are set is offered, and leads to its own page; others are not", async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: url });
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Continue with Google" })).toHaveCount(0);
  const left = page.waitForRequest(/^https:\/\/github\.com\/login\/oauth\/authorize\?/);
  await page.route("https://github.com/**", (route) => route.abort());
  await page.getByRole("button", { name: "Continue with GitHub" }).click();
  const asked = new URL((await left).url()).searchParams;
  expect(asked.get("client_id")).toBe("a-github-app");
  expect(asked.get("redirect_uri")).toBe(`${url}/api/auth/callback/github`);
  expect(asked.get("state")).toBeTruthy();
  await page.close();
});

test("a mail that cannot be sent now is sent once when the mail server is back", async () => {
  const email = "ada.lovelace@example.com";
  expect((await requestLink(email)).status).toBe(200);
  await expect.poll(() => lines().some(({ msg }) => msg === "Job failed")).toBe(true);
  const { webUrl } = await startMailServer();
  const received = async () => {
    const answer = (await (await fetch(`${webUrl}/api/email`)).json()) as
      | { to: { address: string }[] }[]
      | { emails: { to: { address: string }[] }[] };
    const mails = Array.isArray(answer) ? answer : answer.emails;
    return mails.filter(({ to }) => to[0]?.address === email).length;
  };
  await expect.poll(received, { timeout: 30_000 }).toBe(1);
  await expect.poll(() => lines().some(({ msg }) => msg === "Mail sent")).toBe(true);
  expect(await received()).toBe(1);
});

test("the id of a request is on its log lines and on those of the job that it asked for", async () => {
  const response = await requestLink("grace.hopper@example.com");
  const id = response.headers.get("x-request-id");
  expect(id).toBeTruthy();
  await expect
    .poll(() => lines().some(({ msg, requestId }) => msg === "Mail sent" && requestId === id))
    .toBe(true);
});

test("no log line holds an address, a token or a secret", async ({ browser }) => {
  // Polar makes no session: what its package prints of that must not reach the log.
  const page = await browser.newPage({ baseURL: url });
  await signIn(page, "katherine.johnson@example.com", `http://127.0.0.1:${mailPorts.webPort}`);
  const faults = (settings: object) => world.call("PUT", "/_emulator/faults", settings);
  await faults({ api: { fault: "error_503", path: "/v1/customer-sessions" } });
  await page.goto("/api/portal");
  await expect(page).toHaveURL(/portal_unavailable/);
  await faults({});
  await page.close();
  await expect
    .poll(() => lines().some(({ msg }) => msg === "Polar refused a customer session"))
    .toBe(true);

  const body = envelope("subscription.active", subscription("somebody"));
  const forged = { ...signed(body, secret), "webhook-signature": "v1,AAAA" };
  const headers = { ...forged, authorization: "Bearer abcdef.ghijkl", cookie: "session=abcdefgh" };
  const refused = await fetch(`${url}/api/webhooks/polar`, { method: "POST", body, headers });
  expect(refused.status).toBe(403);
  const log = app.output();
  expect(lines().length).toBeGreaterThan(5);
  for (const word of [
    "ada.lovelace",
    "grace.hopper",
    "katherine.johnson",
    "@example.com",
    "abcdef.ghijkl",
    "abcdefgh",
    secret,
    env.AUTH_SECRET ?? "",
    world.polar.accessToken,
    "northstar-local",
  ])
    expect(log.includes(word), word).toBe(false);
});

test("two apps on one host keep a person signed in to both", async ({ browser }) => {
  const mailbox = `http://127.0.0.1:${mailPorts.webPort}`;
  const context = await browser.newContext();
  const page = await context.newPage();
  const first = await signIn(page);
  const user = async (app: string) =>
    (await (await page.request.get(`${app}/api/auth/session`)).json()).user?.email;
  expect(await user(url)).toBeUndefined();
  expect(await user(process.env.APP_URL ?? "")).toBe(first.email);

  const link = await askForLink(page, "dorothy.vaughan@example.com", mailbox, url);
  await page.goto(link);
  await confirm(page);
  await page.waitForURL(`${url}/dashboard`);
  expect(await user(url)).toBe("dorothy.vaughan@example.com");
  expect(await user(process.env.APP_URL ?? "")).toBe(first.email);
  await context.close();
});

test("who presses Buy sees a page, whatever goes wrong", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await signIn(page, "mary.jackson@example.com", `http://127.0.0.1:${mailPorts.webPort}`);
  const buy = async (product: string) => {
    const answer = await page.request.post("/api/checkout", {
      form: { product },
      headers: { origin: url, accept: "text/html" },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    const { location } = answer.headers();
    await page.goto(location ?? "");
    return { location, notice: await page.getByRole("main").getByRole("alert").textContent() };
  };
  const { id } = await world.call<{ id: string }>("POST", "/v1/products/", {
    name: "Pro",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 1900, price_currency: "usd" }],
    metadata: { catalog_key: "pro-monthly" },
  });
  await world.call("PATCH", `/v1/products/${id}`, { is_archived: true });
  expect(await buy("pro-monthly")).toEqual({
    location: "/pricing?error=archived_product",
    notice: expect.stringContaining("no longer sold"),
  });

  await page.goto("/pricing");
  await database.cut();
  const answer = await page.request.post("/api/checkout", {
    form: { product: "pro-monthly" },
    headers: { origin: url, accept: "text/html" },
    maxRedirects: 0,
  });
  await database.mend();
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toBe("/pricing?error=failed");
  await context.close();
});

test("without its database the app says so, takes no webhook, logs nothing of what it was to store, and goes on when it is back", async () => {
  const session = randomUUID();
  const sessionCookie = authCookies(url, env.AUTH_SECRET ?? "").sessionToken?.name;
  const post = () => {
    const body = envelope("subscription.active", {
      ...subscription("somebody"),
      customer_cancellation_comment: "told in confidence",
    });
    return fetch(`${url}/api/webhooks/polar`, {
      method: "POST",
      body,
      headers: signed(body, secret),
    });
  };
  await database.cut();
  expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/api/health/ready`)).status).toBe(503);
  const refused = await post();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: "unavailable" } });
  const page = await fetch(`${url}/sign-in`, {
    headers: { cookie: `${sessionCookie}=${session}` },
  });
  expect(page.status).toBe(500);
  expect(await page.text()).not.toMatch(/ECONNREFUSED|postgres|at .*\.js:/);
  await expect.poll(() => app.output()).toMatch(/Failed query: insert into \\?"webhook_inbox/);
  expect(app.output()).not.toContain("told in confidence");
  expect(app.output()).not.toContain(session);

  await database.mend();
  await expect.poll(async () => (await post()).status, { timeout: 20_000 }).toBe(202);
  expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
});

test("the start stops at a missing or malformed variable, with its name and how to get it", async () => {
  const { POLAR_ACCESS_TOKEN: _, ...rest } = env;
  const server = startNext("start", await anyPort(), {
    ...rest,
    SMTP_URL: "http://mail.example:25/secret-path",
  });
  const [code] = await once(server.child, "exit");
  expect(code).toBe(1);
  const output = server.output();
  expect(output).toContain("POLAR_ACCESS_TOKEN is missing: an organization access token");
  expect(output).toContain("SMTP_URL is malformed: the mail server");
  expect(output).not.toMatch(/secret-path|\n\s+at /);
});

test("a database of another Polar environment is refused", async () => {
  const { POLAR_API_URL: _, MAILBOX_URL: __, ...rest } = env;
  const server = startNext("start", await anyPort(), { ...rest, POLAR_ENVIRONMENT: "sandbox" });
  const [code] = await once(server.child, "exit");
  expect(code).toBe(1);
  expect(server.output()).toMatch(/"local" environment, but POLAR_ENVIRONMENT is\s*"sandbox"/);
  expect(server.output()).not.toMatch(/\n\s+at /);
});

test("the start stops in a sentence when the database cannot be reached", async () => {
  const server = startNext("start", await anyPort(), {
    ...env,
    DATABASE_URL: `postgres://someone:very-secret@127.0.0.1:${await anyPort()}/none`,
  });
  const [code] = await once(server.child, "exit");
  expect(code).toBe(1);
  expect(server.output()).toContain("The database could not be used");
  expect(server.output()).not.toContain("very-secret");
});
