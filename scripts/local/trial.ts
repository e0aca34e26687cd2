import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { dataDir } from "./data-dir";
import { anyPort } from "./ports";
import { startPostgres } from "./postgres";

async function build(): Promise<void> {
  const { DATABASE_URL: _, ...env } = process.env;
  const args = ["node_modules/next/dist/bin/next", "build"];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error("The app was not built.");
}

/** What an app needs to start beside a database and a Polar. */
const settings = () => ({
  AUTH_SECRET: randomBytes(32).toString("base64"),
  SMTP_URL: "smtp://127.0.0.1:9",
  LOG_LEVEL: "error",
  EMAIL_FROM: "Northstar <hello@northstar.example>",
});

/**
 * Runs a trial of the built app and prints what it says. Within `npm test` (NORTHSTAR_TRIAL=within) it works
 * on the PostgreSQL and the build that are there; by itself it makes both, and removes the database after it.
 *
 * @returns the exit code: 1 when the trial throws.
 */
export async function onTrial(trial: () => Promise<string>): Promise<number> {
  let stop = async () => {};
  try {
    if (process.env.NORTHSTAR_TRIAL !== "within") {
      const { postgresHome } = dataDir();
      const database = await startPostgres({
        dir: join(postgresHome, `trial-${process.pid}`),
        port: await anyPort(),
        throwAway: true,
      });
      stop = database.stop;
      await build();
      process.env.DATABASE_URL = database.url;
      Object.assign(process.env, settings());
    }
    console.log(await trial());
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await stop();
  }
}
