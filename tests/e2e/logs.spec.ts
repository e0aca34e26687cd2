import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import postgres from "postgres";
import { type LocalMail, startMail } from "@/scripts/local/mail";
import { type NextServer, startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { type HttpSink, startHttpSink } from "../support/http-sink";
import { spansIn } from "../support/otlp";
import { dsnOf, errorsIn } from "../support/sentry";
import { envelope, order, signed } from "../support/webhooks";
import { launchWorker, type WorkerProcess } from "../support/worker-process";
import { ownWorld, type World } from "../support/world";
import { submitCheckout } from "./checkout";
import { signIn } from "./sign-in";

// An app and a worker of their own that log and trace all there is, while somebody signs in and buys, and a webhook fails.
test.describe.configure({ mode: "serial" });

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
const email = `ada.lovelace.${randomUUID()}@example.com`;
let world: World;
let mail: LocalMail;
let sink: HttpSink;
let app: NextServer;
let worker: WorkerProcess;
let page: Page;
let url: string;
let env: NodeJS.ProcessEnv;
let folder: string;
let appOutput = "";
/** What must not be in the output, by what it is. */
const hidden: Record<string, string> = { email, "its first part": "ada.lovelace" };

/** The catalog and the webhook endpoint at the local Polar, by the command that makes them. */
async function syncPolar(): Promise<void> {
  const args = ["--import", "./scripts/typescript.mjs", "scripts/polar-sync.ts", "--apply"];
  await promisify(execFile)(process.execPath, args, { env });
  type Endpoints = { items: { id: string }[] };
  const { items } = await world.call<Endpoints>("GET", "/v1/webhooks/endpoints");
  await world.call("PUT", `/_emulator/webhooks/endpoints/${items[0]?.id}`, {
    encoding: "standard",
    secret,
  });
}

test.beforeAll(async ({ browser }) => {
  const before = { ...process.env };
  folder = mkdtempSync(join(tmpdir(), "northstar-logs-"));
  world = await ownWorld();
  const ports = { smtpPort: await anyPort(), webPort: await anyPort() };
  mail = await startMail({ dir: join(folder, "mail"), ...ports });
  sink = await startHttpSink();
  const port = await anyPort();
  url = `http://localhost:${port}`;
  env = {
    ...process.env,
    APP_URL: url,
    SMTP_URL: mail.smtpUrl,
    MAILBOX_URL: mail.webUrl,
    LOG_LEVEL: "debug",
    WORKER: "off",
    // No host's cron: the worker alone runs jobs.
    CRON_SECRET: "",
    AUTH_SECRET: randomBytes(32).toString("base64"),
    METRICS_TOKEN: randomBytes(32).toString("hex"),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${sink.port}`,
    OTEL_EXPORTER_OTLP_HEADERS: "x-api-key=a-key-of-the-test",
    OTEL_SERVICE_NAME: "northstar-test",
    SENTRY_DSN: dsnOf(sink),
  };
  Object.assign(process.env, before);
  for (const name of ["AUTH_SECRET", "METRICS_TOKEN", "POLAR_ACCESS_TOKEN", "POLAR_WEBHOOK_SECRET"])
    hidden[name] = env[name] ?? "";
  await syncPolar();
  app = startNext("start", port, env, (text) => {
    appOutput += text;
  });
  await untilReady(app, `${url}/api/health/ready`);
  worker = await launchWorker(env);
  page = await browser.newPage({ baseURL: url });
});

test.afterAll(async () => {
  await page.close();
  const ended = once(worker.child, "exit");
  worker.child.kill("SIGTERM");
  await ended;
  await app.stop();
  await mail.stop();
  await world.close();
  sink.close();
  rmSync(folder, { recursive: true, force: true });
});

type Line = Record<string, unknown> & { msg: string; requestId: string };
const linesOf = (output: string): Line[] =>
  output
    .split("\n")
    .flatMap((line) =>
      line.startsWith("{") && line.endsWith("}") ? [JSON.parse(line) as Line] : [],
    );
const said = (output: () => string, msg: string, requestId: string) =>
  linesOf(output()).some((line) => line.msg === msg && line.requestId === requestId);
/** The one line of an event, without what every line has but the id of its request. */
function eventOf(msg: string): Line {
  const found = linesOf(appOutput).filter((line) => line.msg === msg);
  expect(found, msg).toHaveLength(1);
  const { level: _, time: __, trace_id, span_id, ...rest } = found[0] as Line;
  expect(trace_id, msg).toMatch(/^[0-9a-f]{32}$/);
  expect(span_id, msg).toMatch(/^[0-9a-f]{16}$/);
  return rest as Line;
}

test("a sign-in, a checkout and its order are told with the request that began each, up to the job that it asked for", async () => {
  const { link } = await signIn(page, email, mail.webUrl);
  hidden["the mailed link's token"] = new URL(link).searchParams.get("token") ?? "";
  const cookies = await page.context().cookies();
  for (const { name, value } of cookies) if (/session/.test(name)) hidden[name] = value;
  const { user } = await (await page.request.get("/api/auth/session")).json();

  const started = await page.request.post("/api/checkout", {
    form: { product: "pack-1000" },
    headers: { origin: url },
    maxRedirects: 0,
  });
  const checkout = started.headers().location ?? "";
  // The answer may be here before the line.
  await expect.poll(() => appOutput).toContain("Checkout created");
  hidden["the checkout's secret"] = checkout.split("/").at(-1) ?? "";
  expect(eventOf("Checkout created")).toEqual({
    msg: "Checkout created",
    requestId: started.headers()["x-request-id"],
    checkout_id: expect.any(String),
    user_id: user.id,
    product_id: expect.any(String),
    amount: expect.any(Number),
  });

  await page.goto(checkout);
  await submitCheckout(page, "pays");
  await page.waitForURL(/\/checkout\/success/);
  const session = new URL(page.url()).searchParams.get("customer_session_token");
  if (session) hidden["the portal's token"] = session;
  await expect.poll(() => appOutput).toContain("Order paid");
  const paid = eventOf("Order paid");
  expect(paid).toEqual({
    msg: "Order paid",
    requestId: expect.any(String),
    order_id: expect.any(String),
    user_id: user.id,
    amount: eventOf("Checkout created").amount,
    billing_reason: "purchase",
  });
  await expect.poll(() => said(worker.output, "Mail sent", paid.requestId)).toBe(true);
});

test("a checkout is one trace, from the request over Polar and its webhooks to the mail", async () => {
  const ofCheckout = () => {
    const spans = spansIn(sink);
    const root = spans.find(({ name }) => name === "POST /api/checkout");
    return spans.filter(({ traceId }) => traceId === root?.traceId);
  };
  const names = () => ofCheckout().map(({ name }) => name);
  await expect
    .poll(names)
    .toEqual(
      expect.arrayContaining([
        "POST /api/checkout",
        "POST /v1/checkouts",
        "receive order.paid",
        "apply order.paid",
        "receive checkout.updated",
        "apply checkout.updated",
        "job send_email",
      ]),
    );
  const spans = ofCheckout();
  const named = (name: string) => spans.find((span) => span.name === name);
  const call = named("POST /v1/checkouts");
  expect(call?.attributes).toMatchObject({
    "url.template": "/v1/checkouts",
    "http.response.status_code": 201,
  });
  expect(call?.service).toBe("northstar-test");
  const received = named("receive order.paid");
  expect(named("apply order.paid")?.parentSpanId).toBe(received?.spanId);
  // Polar's request begins a trace of its own, which leads here.
  const [request] = received?.links ?? [];
  expect(spansIn(sink).find(({ spanId }) => spanId === request?.spanId)?.attributes).toMatchObject({
    "next.route": "/api/webhooks/polar",
  });
  expect(request?.traceId).not.toBe(received?.traceId);
  const line = linesOf(appOutput).find(({ msg }) => msg === "Order paid");
  expect(line?.trace_id).toBe(received?.traceId);
  expect(named("job send_email")?.attributes.request_id).toBe(line?.requestId);
  expect(sink.taken[0]?.headers["x-api-key"]).toBe("a-key-of-the-test");
});

test("a webhook that fails is told with its error, under the id of its request also when a worker tries again", async () => {
  const about = `${email} polar_oat_${randomBytes(24).toString("base64url")}`;
  hidden["what a webhook holds"] = about;
  const body = envelope("order.paid", order(randomUUID(), { description: `\0 ${about}` }));
  const answer = await fetch(`${url}/api/webhooks/polar`, {
    method: "POST",
    body,
    headers: signed(body, secret),
  });
  expect(answer.status).toBe(202);
  const requestId = answer.headers.get("x-request-id") ?? "none";
  await expect.poll(() => said(() => appOutput, "Webhook processing failed", requestId)).toBe(true);
  expect(eventOf("Webhook processing failed")).toEqual({
    msg: "Webhook processing failed",
    requestId,
    event_type: "order.paid",
    error: expect.stringContaining("0x00"),
    stack: expect.stringMatching(
      /^QueryError: Failed query: insert into "orders"[\s\S]*\n +at .*\n/,
    ),
  });
  await expect
    .poll(() => said(worker.output, "Webhook processing failed", requestId), { timeout: 30_000 })
    .toBe(true);
});

test("a page that fails is told of with the reference that it shows, and one that fails in the browser too", async ({
  browser,
}) => {
  const database = postgres(env.DATABASE_URL ?? "", { max: 1 });
  await database`alter table usage_hours rename to gone`;
  await page.goto("/usage");
  const reference = await page.getByRole("main").locator("code").textContent();
  await database`alter table gone rename to usage_hours`;
  await database.end();
  const found = () => errorsIn(sink).find(({ tags }) => tags.reference === reference);
  await expect.poll(found).toMatchObject({
    environment: "local",
    tags: { route: "/usage", request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  expect(found()?.contexts.trace?.trace_id).toBe(found()?.tags.trace_id);
  const traces = () => spansIn(sink).map(({ traceId }) => traceId);
  await expect.poll(traces).toContain(found()?.tags.trace_id);

  const storageState = await page.context().storageState();
  const broken = await browser.newPage({ baseURL: url, storageState });
  await broken.addInitScript((address) => {
    window.matchMedia = () => {
      throw new Error(`No media for ${address}`);
    };
  }, email);
  await broken.goto("/billing?about=ada");
  await expect(broken.getByText("This page could not be shown")).toBeVisible();
  const inBrowser = () => errorsIn(sink).find(({ tags }) => tags.where === "browser");
  await expect.poll(inBrowser).toMatchObject({
    tags: { path: "/billing" },
    exception: { values: [{ type: "Error", value: "No media for [email]" }] },
  });
  await broken.close();
});

test("neither process has put out or sent away an address, a token or a secret", async () => {
  const made = await page.request.post("/api/keys", {
    data: { name: "Mine", scopes: ["usage:read"], days: 30 },
    headers: { origin: url },
  });
  expect(made.status()).toBe(201);
  hidden["an API key's secret"] = (await made.text()).match(/nsk_[a-f0-9]{16}_([\w-]+)/)?.[1] ?? "";
  const key = `${(await made.text()).match(/nsk_[\w-]+/)?.[0]}`;
  const used = await fetch(`${url}/api/v1/usage`, { headers: { authorization: `Bearer ${key}` } });
  expect(used.status).toBe(200);
  await page.goto("/api/portal");
  hidden["the portal's address"] =
    new URL(page.url()).searchParams.get("customer_session_token") ?? "";
  expect(Object.keys(hidden).length).toBeGreaterThanOrEqual(11);
  await expect.poll(() => spansIn(sink).map(({ name }) => name)).toContain("GET /api/portal");
  for (const [process, output] of [
    ["app", appOutput],
    ["worker", worker.output()],
    ["traces and errors", sink.taken.map(({ body }) => body).join("\n")],
  ] as const) {
    expect(output.split("\n").length, process).toBeGreaterThan(5);
    for (const [what, word] of Object.entries(hidden)) {
      expect(word.length, what).toBeGreaterThan(7);
      expect(output.includes(word), `${what} in the output of the ${process}`).toBe(false);
    }
    expect(output, process).not.toContain("@example.com");
  }
});

test("what a process has done just before it ends is in the traces too", async () => {
  const answer = await fetch(`${url}/api/me/entitlements`);
  expect(answer.status).toBe(401);
  await app.stop();
  expect(spansIn(sink).map(({ name }) => name)).toContain("GET /api/me/entitlements");
});
