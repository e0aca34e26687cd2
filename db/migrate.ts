import "server-only";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migrateDrizzle } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { type LockPatience, usualLockPatience, withLockPatience } from "./lock-patience";
import { limitStatements } from "./statement-limit";

// Any number: it only has to be the same in every process that migrates.
const migrationLock = 71_904_233;

/** The engine migrates on connections of its own, with the address's settings. */
function withLockTimeout(url: string, lockMs: number): string {
  const address = new URL(url);
  address.searchParams.set("lock_timeout", String(lockMs));
  return address.href;
}

/**
 * Brings the database at `url` to this version: the job engine's tables, then ours. Safe to run from several
 * processes at once; each waits for the one before. Beside an app that runs, too: a table's lock is waited for as long as
 * `patience` says, so that nobody waits long behind it.
 *
 * @param url past any pooler: the wait is for a lock of the session.
 * @param pooled where the app reaches the same database through a pooler, whose role is given the limit of statements.
 * @throws when a lock could not be had; our tables are as they were then.
 */
export async function migrate(
  url: string,
  pooled?: string,
  patience: LockPatience = usualLockPatience,
): Promise<void> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    // Not the limit that the role may have: a table may take longer.
    connection: { statement_timeout: 0 },
  });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    const migrationsFolder = join(process.cwd(), "db/migrations");
    const change = async () => {
      await runMigrations({ connectionString: withLockTimeout(url, patience.lockMs) });
      await migrateDrizzle(drizzle(client), { migrationsFolder });
    };
    await withLockPatience(client, change, patience);
    if (pooled) await limitStatements(pooled);
  } finally {
    await client.end({ timeout: 5 });
  }
}
