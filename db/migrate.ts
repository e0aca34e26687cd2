import "server-only";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migrateDrizzle } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { limitStatements } from "./statement-limit";

// Any number: it only has to be the same in every process that migrates.
const migrationLock = 71_904_233;

/**
 * Brings the database at `url` to this version: the job engine's tables, then ours. Safe to run from several
 * processes at once; each waits for the one before.
 *
 * @param url past any pooler: the wait is for a lock of the session.
 * @param pooled where the app reaches the same database through a pooler, whose role is given the limit of statements.
 */
export async function migrate(url: string, pooled?: string): Promise<void> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    // Not the limit that the role may have: a table may take longer.
    connection: { statement_timeout: 0 },
  });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await runMigrations({ connectionString: url });
    await migrateDrizzle(drizzle(client), {
      migrationsFolder: join(process.cwd(), "db/migrations"),
    });
    if (pooled) await limitStatements(pooled);
  } finally {
    await client.end({ timeout: 5 });
  }
}
