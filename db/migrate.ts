import "server-only";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migrateDrizzle } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";

// Any number: it only has to be the same in every process that migrates.
const migrationLock = 71_904_233;

/**
 * Brings the database at `url` to this version: the job engine's tables, then ours. Safe to run from
 * several processes at once; each waits for the one before.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await runMigrations({ connectionString: url });
    await migrateDrizzle(drizzle(client), {
      migrationsFolder: join(process.cwd(), "db/migrations"),
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}
