// `npm run test:sandbox`: tests/e2e/sandbox.spec.ts against Polar's sandbox, with a PostgreSQL, a mail server and a built
// app of this run's own. It takes its buyers and its webhook endpoint off Polar when it ends, however it ends.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@/db/migrate";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { patiently, polar } from "@/lib/polar";
import { ensureBrowser } from "./local/browser";
import { dataDir } from "./local/data-dir";
import { loadFiles } from "./local/environment";
import { startMail } from "./local/mail";
import { startNext, untilReady } from "./local/next-server";
import { anyPort } from "./local/ports";
import { startPostgres } from "./local/postgres";
import { cleanUp } from "./sandbox/clean-up";
import { fetchDeliveries } from "./sandbox/deliveries";
import { readSandboxSettings, refuseProduction, type SandboxSettings } from "./sandbox/settings";

const longestRunMs = 25 * 60_000;
const stops: (() => unknown)[] = [];
let hasFailed = false;

/** Undoes what was made, the last first; what can't be undone is told and hinders nothing else. */
async function undo(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      hasFailed = true;
      console.error("Not cleaned up:", error instanceof Error ? error.message : error);
    }
  }
}

let undoing = Promise.resolve();
/** Resolves when all is undone, also what is being undone already. */
function stopAll(): Promise<void> {
  undoing = undoing.then(undo);
  return undoing;
}

async function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"], env });
  const ended = once(child, "exit");
  stops.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  });
  const [code] = await ended;
  return code ?? 1;
}

/** This process's variables without any of the app's: a .env of another Polar or another database must not count. */
function withoutSettings(): NodeJS.ProcessEnv {
  const example = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8");
  const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => [name, ""]);
  return { ...process.env, ...Object.fromEntries(names) };
}

async function makeEndpoint(origin: string): Promise<{ id: string; secret: string }> {
  const { changes, secret, isNewEndpoint } = await syncCatalog(true);
  for (const { action, what } of changes) console.log(`Polar: ${action} ${what}`);
  const { items } = await polar().webhooks.listWebhookEndpoints({ limit: 100 });
  const endpoint = items.find(({ url }) => url === `${origin}/api/webhooks/polar`);
  if (!endpoint || !secret) throw new Error("Polar has no webhook endpoint after the sync.");
  if (isNewEndpoint)
    stops.push(() => patiently(() => polar().webhooks.deleteWebhookEndpoint(endpoint.id)));
  return { id: endpoint.id, secret };
}

async function main(settings: SandboxSettings): Promise<number> {
  const chromium = ensureBrowser();
  if (!settings.apiUrl) await refuseProduction(settings.token);
  const mark = `northstar-${randomBytes(4).toString("hex")}`;
  const work = mkdtempSync(join(tmpdir(), "northstar-sandbox-"));
  chmodSync(work, 0o755);
  stops.push(() => rmSync(work, { recursive: true, force: true }));
  const database = await startPostgres({
    dir: join(dataDir().postgresHome, `sandbox-${process.pid}`),
    port: await anyPort(),
    throwAway: true,
  });
  stops.push(database.stop);
  const mail = await startMail({
    dir: join(work, "mail"),
    smtpPort: await anyPort(),
    webPort: await anyPort(),
  });
  stops.push(mail.stop);
  await migrate(database.url);

  const port = settings.port ?? (await anyPort());
  // What Polar can't reach must not be anybody's: names under .invalid never are.
  const origin = settings.webhookOrigin ?? `https://${mark}.invalid`;
  const env: NodeJS.ProcessEnv = {
    ...withoutSettings(),
    NEXT_TELEMETRY_DISABLED: "1",
    LOG_LEVEL: "warn",
    APP_URL: `http://localhost:${port}`,
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(32).toString("base64"),
    SMTP_URL: mail.smtpUrl,
    EMAIL_FROM: "Northstar <hello@northstar.example>",
    POLAR_ENVIRONMENT: settings.apiUrl ? "local" : "sandbox",
    POLAR_API_URL: settings.apiUrl ?? "",
    POLAR_ACCESS_TOKEN: settings.token,
  };
  Object.assign(process.env, env, { APP_URL: origin, POLAR_WEBHOOK_SECRET: "not-known-yet" });
  const endpoint = await makeEndpoint(origin);
  env.POLAR_WEBHOOK_SECRET = endpoint.secret;

  const { DATABASE_URL: _, POLAR_API_URL: __, ...buildEnv } = env;
  if ((await run(["node_modules/next/dist/bin/next", "build"], { ...buildEnv, APP_URL: "" })) !== 0)
    throw new Error("The app was not built.");
  const app = startNext("start", port, env);
  stops.push(app.stop);
  await untilReady(app, `http://127.0.0.1:${port}/api/health/ready`);
  stops.push(async () => console.log(`Polar: ${await cleanUp(mark)} buyers of this run deleted`));
  if (!settings.webhookOrigin) {
    const target = `http://127.0.0.1:${port}/api/webhooks/polar`;
    const deliveries = fetchDeliveries(endpoint.id, endpoint.secret, target);
    stops.push(async () => {
      const { taken, left, troubles } = await deliveries.stop();
      console.log(`Webhooks: ${taken} brought to the app, ${left} not taken`);
      for (const trouble of troubles) console.log(`  ${trouble}`);
    });
  }
  const code = await run(["node_modules/@playwright/test/cli.js", "test", "--reporter=list"], {
    ...env,
    CHROMIUM_PATH: chromium,
    SANDBOX_MAILBOX_URL: mail.webUrl,
    SANDBOX_EMAIL: settings.email.replace("@", `+${mark}-@`),
  });
  if (code !== 0) console.log(`\nThe app's last output:\n${app.output().slice(-8000)}`);
  return code;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => void stopAll().finally(() => process.exit(130)));
}
const tooLong = setTimeout(() => {
  console.error(`The journey took more than ${longestRunMs / 60_000} minutes and is ended.`);
  void stopAll().finally(() => process.exit(1));
}, longestRunMs);

try {
  loadFiles();
  hasFailed = (await main(readSandboxSettings(process.env))) !== 0;
} catch (error) {
  hasFailed = true;
  console.error(error instanceof Error ? error.message : error);
}
await stopAll();
clearTimeout(tooLong);
process.exit(hasFailed ? 1 : 0);
