import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { type LocalMail, startMail } from "@/scripts/local/mail";
import { type NextServer, startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { envelope, signed } from "../support/webhooks";
import { ownWorld, type World } from "../support/world";
import { askForLink } from "./sign-in";

// Two apps on one database, no worker: as where each request may come to another process.
test.describe.configure({ mode: "serial" });

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
const cronSecret = randomBytes(32).toString("hex");
let world: World;
let mail: LocalMail;
let apps: { server: NextServer; url: string }[] = [];
let folder: string;
let sql: postgres.Sql;

test.beforeAll(async () => {
  const before = { ...process.env };
  folder = mkdtempSync(join(tmpdir(), "northstar-serverless-"));
  world = await ownWorld();
  mail = await startMail({
    dir: join(folder, "mail"),
    smtpPort: await anyPort(),
    webPort: await anyPort(),
  });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    SMTP_URL: mail.smtpUrl,
    MAILBOX_URL: mail.webUrl,
    LOG_LEVEL: "info",
    WORKER: "off",
    CRON_SECRET: cronSecret,
  };
  Object.assign(process.env, before);
  sql = postgres(env.DATABASE_URL ?? "", { max: 1 });
  for (const port of [await anyPort(), await anyPort()]) {
    const url = `http://localhost:${port}`;
    apps.push({ server: startNext("start", port, { ...env, APP_URL: url }), url });
  }
  for (const { server, url } of apps) await untilReady(server, `${url}/api/health/ready`);
});

test.afterAll(async () => {
  for (const { server } of apps) await server.stop();
  apps = [];
  await sql.end();
  await mail.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const urlOf = (app: number) => apps[app]?.url ?? "";

async function deliver(app: number, type: string, data: unknown): Promise<string> {
  const body = envelope(type, data);
  const headers = signed(body, secret);
  const answer = await fetch(`${urlOf(app)}/api/webhooks/polar`, { method: "POST", body, headers });
  expect(answer.status).toBe(202);
  return headers["webhook-id"];
}

test("the cron's routes are for who sends CRON_SECRET, and answer what was done", async () => {
  const ask = async (job: string, bearer?: string, method = "GET") => {
    const answer = await fetch(`${urlOf(0)}/api/cron/${job}`, {
      method,
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    });
    return [answer.status, await answer.json()];
  };
  expect(await ask("queue")).toEqual([401, expect.anything()]);
  expect(await ask("queue", cronSecret.replace(/.$/, "z"))).toEqual([401, expect.anything()]);
  expect(await ask("nothing", cronSecret)).toEqual([
    404,
    { error: expect.objectContaining({ code: "unknown_job" }) },
  ]);
  expect(await ask("queue", cronSecret, "PUT")).toEqual([405, expect.anything()]);
  for (const method of ["GET", "POST"])
    expect(await ask("purge", cronSecret, method)).toEqual([
      200,
      { job: "purge", done: 1, failed: 0, waiting: 0 },
    ]);
});

test("a job that a request asks for runs after it, with no worker and no cron", async ({
  page,
}) => {
  const email = `${randomUUID()}@example.com`;
  expect(await askForLink(page, email, mail.webUrl, urlOf(0))).toContain("/sign-in/confirm");
});

test("a webhook is applied after its answer, and so is the job that it asks for", async () => {
  const workspace = randomUUID();
  const id = await deliver(1, "customer.state_changed", { external_id: workspace });
  const applied = async () =>
    (await sql`select status from webhook_inbox where webhook_id = ${id}`)[0]?.status;
  await expect.poll(applied).toBe("applied");
  const waiting = () =>
    sql`select 1 from graphile_worker.jobs where task_identifier = 'pull_workspace'`;
  await expect.poll(async () => (await waiting()).length).toBe(0);
});

test("a price of which one app is told is on the pages of the other", async ({ page }) => {
  const pack = await world.call<{ id: string }>("POST", "/v1/products/", {
    name: "Pack",
    prices: [{ amount_type: "fixed", price_amount: 1250, price_currency: "usd" }],
    metadata: { catalog_key: "pack-1000" },
  });
  const shown = async (app: number, price: string) => {
    await page.goto(`${urlOf(app)}/pricing`);
    return await page.getByRole("main").getByText(`Buy for ${price}`).first().isVisible();
  };
  await deliver(0, "product.created", pack);
  for (const app of [0, 1]) await expect.poll(() => shown(app, "$12.50")).toBe(true);
  const changed = await world.call("PATCH", `/v1/products/${pack.id}`, {
    prices: [{ amount_type: "fixed", price_amount: 1375, price_currency: "usd" }],
  });
  expect(await shown(1, "$12.50")).toBe(true);
  await deliver(0, "product.updated", changed);
  for (const app of [1, 0]) await expect.poll(() => shown(app, "$13.75")).toBe(true);
});
