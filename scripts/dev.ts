// `npm run dev`: starts PostgreSQL, the mail server and the local Polar, migrates, brings the catalog to Polar,
// starts the app, and says where they are.
// Ctrl-C stops all of it; state stays; `npm run dev -- --fresh` starts over.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { databaseAddresses } from "@/db/addresses";
import { migrate } from "@/db/migrate";
import { parseEnv } from "@/lib/env";
import { dataDir } from "./local/data-dir";
import { loadFiles } from "./local/environment";
import { reachGivenDatabase } from "./local/given-database";
import { type LocalMail, startMail } from "./local/mail";
import { startNext, untilReady } from "./local/next-server";
import { type LocalPolar, startPolar } from "./local/polar";
import { freePort, isFree } from "./local/ports";
import { ensureDatabase, startPostgres } from "./local/postgres";
import { claimRun, findRun, noteApp } from "./local/run-file";
import { keepSettings, readSettings, settle } from "./local/settings";

const { root, postgresHome } = dataDir();
const runFile = join(root, "dev.json");
const stops: (() => Promise<void>)[] = [];
let isStopping = false;

async function stopAll(code: number): Promise<never> {
  isStopping = true;
  // A start that is interrupted may still add to them.
  while (stops.length > 0)
    await stops
      .pop()?.()
      .catch((error) => console.error(error));
  if (code === 0) {
    const folders = [...new Set([root, postgresHome])].join(" and ");
    console.log(`\nStopped. Your data is kept in ${folders}.`);
  }
  process.exit(code);
}

function startOver(): void {
  const kept = [join(root, "mail"), join(root, "polar"), join(root, "local.env")];
  for (const path of [join(postgresHome, "postgres"), ...kept]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** Makes this the one run of this clone. */
async function beTheOnlyRun(): Promise<void> {
  const live = await findRun(runFile);
  if (live) {
    throw new Error(
      `Northstar runs here already (process ${live.pid})${live.appUrl ? ` at ${live.appUrl}` : ""}: ` +
        `stop that one first, with Ctrl-C or \`kill ${live.pid}\`.` +
        (live.isCertain ? "" : ` If that process is another program, delete ${runFile}.`),
    );
  }
  claimRun(runFile);
  stops.push(async () => rmSync(runFile, { force: true }));
}

/** The database of this clone's PostgreSQL for `environment`: each Polar has one of its own. */
async function startDatabase(environment: string): Promise<string> {
  const dir = join(postgresHome, "postgres");
  if (postgresHome !== root && !existsSync(dir))
    console.log(`PostgreSQL can't run as root in here: its data is in ${postgresHome}.`);
  const postgres = await startPostgres({ dir, port: await freePort(54_320) });
  stops.push(postgres.stop);
  return environment === "local"
    ? postgres.url
    : await ensureDatabase(postgres.port, `northstar_${environment}`);
}

async function startMailbox(): Promise<LocalMail> {
  const smtpPort = await freePort(1025);
  const mail = await startMail({
    dir: join(root, "mail"),
    smtpPort,
    webPort: await freePort(1080, new Set([smtpPort])),
  });
  stops.push(mail.stop);
  return mail;
}

async function appPort(): Promise<number> {
  const asked = process.env.PORT;
  if (!asked) return await freePort(3000);
  const port = Number(asked);
  if (!(await isFree(port)))
    throw new Error(`Port ${asked} (PORT) is taken by another program: stop it or choose another.`);
  return port;
}

function printTable(rows: [string, string][]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(
    `\n${rows.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`).join("\n")}\n\n  Ctrl-C stops everything.\n`,
  );
}

async function main(): Promise<void> {
  await beTheOnlyRun();
  if (process.argv.includes("--fresh")) startOver();
  // Not what the last run has settled: that is this run's to decide.
  loadFiles();
  const given = process.env;

  if (given.DIRECT_DATABASE_URL && !given.DATABASE_URL)
    throw new Error("DIRECT_DATABASE_URL goes with DATABASE_URL: set both or neither.");
  if (given.DATABASE_URL) await reachGivenDatabase(given.DATABASE_URL);
  const port = await appPort();
  const databaseUrl =
    given.DATABASE_URL || (await startDatabase(given.POLAR_ENVIRONMENT || "local"));
  const mail = given.SMTP_URL ? null : await startMailbox();
  const settings = settle(
    given,
    {
      APP_URL: `http://localhost:${port}`,
      DATABASE_URL: databaseUrl,
      SMTP_URL: mail?.smtpUrl ?? "",
    },
    readSettings(root),
  );
  if (mail && settings.POLAR_ENVIRONMENT === "local") settings.MAILBOX_URL = mail.webUrl;
  let polar: LocalPolar | null = null;
  if (settings.POLAR_ENVIRONMENT === "local" && !given.POLAR_API_URL) {
    polar = await startPolar({
      dir: join(root, "polar"),
      port: await freePort(4100),
      accessToken: settings.POLAR_ACCESS_TOKEN ?? "",
    });
    stops.push(polar.stop);
    settings.POLAR_API_URL = polar.url;
    settings.POLAR_WEBHOOK_SECRET = await polar.sync(settings);
  }
  parseEnv({ ...given, ...settings });
  keepSettings(root, settings);
  const { direct, pooled, hasPooler } = databaseAddresses({ ...given, ...settings });
  await migrate(direct, hasPooler ? pooled : undefined);

  let isTold = false;
  const app = startNext(
    "dev",
    port,
    { ...process.env, ...settings, NEXT_TELEMETRY_DISABLED: "1" },
    (text) => {
      if (isTold && !isStopping) process.stdout.write(text);
    },
  );
  stops.push(app.stop);
  noteApp(runFile, settings.APP_URL ?? "", app.child.pid);
  await untilReady(app, `http://127.0.0.1:${port}/api/health/ready`);
  printTable([
    ["App", settings.APP_URL ?? ""],
    ...(polar ? ([["Local Polar", polar.url]] as [string, string][]) : []),
    ...(mail ? ([["Mailbox", mail.webUrl]] as [string, string][]) : []),
  ]);
  isTold = true;
  app.child.once("exit", () => {
    if (!isStopping) void stopAll(1);
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // Ctrl-C arrives twice, from the terminal and from the launcher: the second must not cut the first short.
  process.on(signal, () => {
    if (!isStopping) void stopAll(0);
  });
}
// When npm is killed this process would live on, out of reach of Ctrl-C.
const launcher = process.ppid;
setInterval(() => {
  if (process.ppid !== launcher && !isStopping) void stopAll(1);
}, 1000).unref();
try {
  await main();
} catch (error) {
  // What fails once everything is being stopped fails because of that.
  if (!isStopping) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    await stopAll(1);
  }
}
