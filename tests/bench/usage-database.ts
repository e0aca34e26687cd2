import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { closeDb } from "@/db/client";
import { migrate } from "@/db/migrate";
import { dataDir } from "@/scripts/local/data-dir";
import { anyPort } from "@/scripts/local/ports";
import { startPostgres } from "@/scripts/local/postgres";

/** A throw-away PostgreSQL with the app's tables, set as this process's own, beside what else the app must be told. */
export async function ownDatabase(
  name: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const database = await startPostgres({
    dir: join(dataDir().postgresHome, `${name}-${process.pid}`),
    port: await anyPort(),
    throwAway: true,
  });
  Object.assign(process.env, {
    APP_URL: "http://localhost:3000",
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(32).toString("base64"),
    SMTP_URL: "smtp://127.0.0.1:9",
    EMAIL_FROM: "Northstar <hello@northstar.example>",
    POLAR_ENVIRONMENT: "local",
    POLAR_API_URL: process.env.POLAR_API_URL ?? "http://127.0.0.1:9",
    POLAR_ACCESS_TOKEN: process.env.POLAR_ACCESS_TOKEN ?? "polar_oat_bench",
    POLAR_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
    LOG_LEVEL: "silent",
  });
  await migrate(database.url);
  return {
    url: database.url,
    async stop() {
      await closeDb();
      await database.stop();
    },
  };
}
