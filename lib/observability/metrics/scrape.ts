import "server-only";
import { sql } from "drizzle-orm";
import { Gauge, Registry } from "prom-client";
import { db } from "@/db/client";
import { logger } from "@/lib/observability/logger";
import { writeFigure } from "./figure";
import { figures, readFigure } from "./figures";
import { metrics } from "./process";

/** Less than the ten seconds that Prometheus waits. */
const patienceMs = 3_000;
const statementMs = 2_000;

export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE;

/** Of the scrape itself. */
export const databaseUp = {
  name: "app_database_up",
  help: "Whether the figures from the database could be read.",
};

/** All figures in one read-only snapshot, so that they fit each other. */
async function readFigures(): Promise<string> {
  const registry = new Registry();
  await db().transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', ${String(statementMs)}, true)`);
      for (const figure of figures) writeFigure(registry, figure, await readFigure(tx, figure));
    },
    { accessMode: "read only", isolationLevel: "repeatable read" },
  );
  return await registry.metrics();
}

const holder = globalThis as typeof globalThis & { northstarScrape?: Promise<string> };

/** One at a time: a database that hangs must not gather the connections of one scrape after another. */
function readOnce(): Promise<string> {
  holder.northstarScrape ??= readFigures().finally(() => {
    holder.northstarScrape = undefined;
  });
  return holder.northstarScrape;
}

async function inTime(reading: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The database took too long.")), patienceMs);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * All metrics as Prometheus reads them: this process's own, and the app's from the database. When that cannot be
 * read within three seconds its figures are left out, and `app_database_up` is 0; no figure is ever made up.
 */
export async function scrape(): Promise<string> {
  const state = new Registry();
  const up = new Gauge({ ...databaseUp, registers: [state] });
  let ofApp = "";
  try {
    ofApp = await inTime(readOnce());
    up.set(1);
  } catch (error) {
    logger.warn({ err: error }, "The metrics could not be read from the database");
    up.set(0);
  }
  const parts = [await metrics().registry.metrics(), await state.metrics(), ofApp];
  return `${parts
    .map((part) => part.trim())
    .join("\n")
    .trim()}\n`;
}
