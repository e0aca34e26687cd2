import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { databaseAddresses } from "./addresses";
import { hideParameters } from "./query-error";
import * as schema from "./schema";
import { statementLimitMs } from "./statement-limit";

export type Database = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql };
/** The database or a transaction on it: what a query function takes, so that callers choose the scope. */
export type Executor = Pick<Database, "select" | "insert" | "update" | "delete" | "execute">;

const holder = globalThis as typeof globalThis & { northstarDatabase?: Database };

/**
 * The process's one pool on `DATABASE_URL`, opened at first use so that `next build` needs no database. Where
 * `DIRECT_DATABASE_URL` is another, this one is taken for a pooler's, and what it runs needs no session: no
 * prepared statements, no session locks, no LISTEN, and settings within a transaction alone.
 *
 * @throws when `DATABASE_URL` is not set.
 */
export function db(): Database {
  if (!holder.northstarDatabase) {
    const { pooled, hasPooler } = databaseAddresses();
    const client = postgres(pooled, {
      max: Number(process.env.DATABASE_POOL_SIZE || 10),
      connect_timeout: 5,
      idle_timeout: 60,
      onnotice: () => {},
      // A pooler's next transaction may be on a connection that has not prepared the statement.
      prepare: !hasPooler,
      connection: {
        TimeZone: "UTC",
        application_name: "northstar",
        // A pooler refuses this one: there the migration makes it the role's own.
        ...(hasPooler ? {} : { statement_timeout: statementLimitMs }),
      },
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
