import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { hideParameters } from "./query-error";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql };
/** The database or a transaction on it: what a query function takes, so that callers choose the scope. */
export type Executor = Pick<Database, "select" | "insert" | "update" | "delete" | "execute">;

const holder = globalThis as typeof globalThis & { northstarDatabase?: Database };

/**
 * The process's one pool on `DATABASE_URL`, opened at first use so that `next build` needs no database.
 *
 * @throws when `DATABASE_URL` is not set.
 */
export function db(): Database {
  if (!holder.northstarDatabase) {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL is not set.");
    const client = postgres(url, {
      max: Number(process.env.DATABASE_POOL_SIZE || 10),
      connect_timeout: 5,
      idle_timeout: 60,
      onnotice: () => {},
      connection: { TimeZone: "UTC", application_name: "northstar", statement_timeout: 15_000 },
    });
    hideParameters();
    holder.northstarDatabase = drizzle(client, { schema });
  }
  return holder.northstarDatabase;
}

/** Closes the pool, waiting up to five seconds for what runs. For scripts, workers and tests. */
export async function closeDb(): Promise<void> {
  const open = holder.northstarDatabase;
  holder.northstarDatabase = undefined;
  await open?.$client.end({ timeout: 5 });
}
