// Runs vitest files on a PostgreSQL of their own, at the size that NAME=value arguments ask for, as
// `npm run test:faults` does: for what takes longer than `npm test` should. With --pooler, as `npm run test:pooler`
// does, the app's own connections go through a PgBouncer, which must be installed.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { migrate } from "@/db/migrate";
import { dataDir } from "./local/data-dir";
import { startPgBouncer } from "./local/pgbouncer";
import { anyPort } from "./local/ports";
import { startPostgres } from "./local/postgres";

const isSetting = (argument: string) => /^[A-Z_]+=/.test(argument);
const isPooled = process.argv.includes("--pooler");
const given = process.argv.slice(2).filter((argument) => argument !== "--pooler");
const sizes = given.filter(isSetting).map((argument): [string, string] => {
  const [name = "", ...value] = argument.split("=");
  return [name, value.join("=")];
});

const { postgresHome } = dataDir();
const database = await startPostgres({
  dir: join(postgresHome, `test-${process.pid}`),
  port: await anyPort(),
  throwAway: true,
});
let pooler: Awaited<ReturnType<typeof startPgBouncer>> | undefined;
try {
  if (isPooled) pooler = await startPgBouncer(database.url);
  await migrate(database.url, pooler?.url);
  const child = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...given.filter((argument) => !isSetting(argument))],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        LOG_LEVEL: "silent",
        APP_URL: "http://localhost:3000",
        DATABASE_URL: pooler?.url ?? database.url,
        ...(pooler ? { DIRECT_DATABASE_URL: database.url } : {}),
        AUTH_SECRET: randomBytes(32).toString("base64"),
        // Nothing is sent: no worker runs.
        SMTP_URL: "smtp://127.0.0.1:1",
        EMAIL_FROM: "Northstar <hello@northstar.example>",
        POLAR_ENVIRONMENT: "local",
        POLAR_API_URL: "http://127.0.0.1:1",
        POLAR_ACCESS_TOKEN: `polar_oat_${randomBytes(16).toString("hex")}`,
        POLAR_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
        ...Object.fromEntries(sizes),
      },
    },
  );
  const [code] = await once(child, "exit");
  process.exitCode = code ?? 1;
} finally {
  await pooler?.stop();
  await database.stop();
}
