// `npm test`: unit and integration tests on a PostgreSQL of their own, then the production build and the
// browser tests against it and a local Polar. Everything is made for this run, on ports of its own, and
// removed after it.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@/db/migrate";
import { ensureBrowser } from "./local/browser";
import { dataDir } from "./local/data-dir";
import { startMail } from "./local/mail";
import { startNext, untilReady } from "./local/next-server";
import { startPolar } from "./local/polar";
import { anyPort } from "./local/ports";
import { ensureDatabase, startPostgres } from "./local/postgres";

type Totals = { passed: number; failed: number };

const stops: (() => unknown)[] = [];

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

async function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"], env });
  stops.push(() => child.kill("SIGTERM"));
  const [code] = await once(child, "exit");
  return code ?? 1;
}

function readTotals<T>(file: string, count: (report: T) => Totals, code: number): Totals {
  try {
    const totals = count(JSON.parse(readFileSync(file, "utf8")) as T);
    // A runner that fails outside any test (a hook, a bad file) must not pass for green.
    return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function vitest(env: NodeJS.ProcessEnv, folder: string): Promise<Totals> {
  const file = join(folder, "vitest.json");
  const code = await run(
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    env,
  );
  type Report = { numPassedTests: number; numFailedTests: number };
  return readTotals<Report>(
    file,
    (r) => ({ passed: r.numPassedTests, failed: r.numFailedTests }),
    code,
  );
}

async function playwright(env: NodeJS.ProcessEnv, folder: string): Promise<Totals> {
  const file = join(folder, "playwright.json");
  const code = await run(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  type Report = { stats: { expected: number; unexpected: number; flaky: number } };
  return readTotals<Report>(
    file,
    ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
    code,
  );
}

async function main(): Promise<Totals> {
  const chromium = ensureBrowser();
  const { postgresHome, root } = dataDir();
  const work = mkdtempSync(join(tmpdir(), "northstar-test-"));
  chmodSync(work, 0o755);
  stops.push(() => rmSync(work, { recursive: true, force: true }));
  mkdirSync(join(root), { recursive: true });

  const ports = {
    postgres: await anyPort(),
    smtp: await anyPort(),
    web: await anyPort(),
    app: await anyPort(),
    polar: await anyPort(),
  };
  const database = await startPostgres({
    dir: join(postgresHome, `test-${process.pid}`),
    port: ports.postgres,
    throwAway: true,
  });
  stops.push(database.stop);
  const mail = await startMail({
    dir: join(work, "mail"),
    smtpPort: ports.smtp,
    webPort: ports.web,
  });
  stops.push(mail.stop);

  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
    LOG_LEVEL: "warn",
    APP_URL: `http://localhost:${ports.app}`,
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(32).toString("base64"),
    SMTP_URL: mail.smtpUrl,
    EMAIL_FROM: "Northstar <hello@northstar.example>",
    POLAR_ENVIRONMENT: "local",
    POLAR_API_URL: `http://127.0.0.1:${await anyPort()}`,
    POLAR_ACCESS_TOKEN: `polar_oat_${randomBytes(16).toString("hex")}`,
    POLAR_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
    MAILBOX_URL: mail.webUrl,
    CRON_SECRET: randomBytes(16).toString("hex"),
    METRICS_TOKEN: randomBytes(16).toString("hex"),
    CHROMIUM_PATH: chromium,
  };
  await migrate(database.url);

  const unit = await vitest(env, work);
  const { DATABASE_URL: _, POLAR_API_URL: __, ...buildEnv } = env;
  if (
    (await run(["node_modules/next/dist/bin/next", "build"], { ...buildEnv, APP_URL: "" })) !== 0
  ) {
    return { passed: unit.passed, failed: unit.failed + 1 };
  }

  const polar = await startPolar({
    dir: "",
    port: ports.polar,
    accessToken: env.POLAR_ACCESS_TOKEN ?? "",
    meterDelayMs: 100,
    stateDebounceMs: 100,
    paymentDelayMs: 100,
  });
  stops.push(polar.stop);
  const browserEnv: NodeJS.ProcessEnv = {
    ...env,
    DATABASE_URL: await ensureDatabase(ports.postgres, "browser"),
    POLAR_API_URL: polar.url,
    ADMIN_EMAILS: "Admin@Northstar.example",
  };
  await migrate(browserEnv.DATABASE_URL ?? "");
  browserEnv.POLAR_WEBHOOK_SECRET = await polar.sync(browserEnv);
  const app = startNext("start", ports.app, browserEnv);
  stops.push(app.stop);
  await untilReady(app, `http://127.0.0.1:${ports.app}/api/health/ready`);
  const browser = await playwright(browserEnv, work);
  if (browser.failed > 0) console.log(`\nThe app's last output:\n${app.output().slice(-8000)}`);
  return { passed: unit.passed + browser.passed, failed: unit.failed + browser.failed };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stops.length > 0) void stopAll().finally(() => process.exit(130));
  });
}

let totals: Totals = { passed: 0, failed: 1 };
try {
  totals = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await stopAll();
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
