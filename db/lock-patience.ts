import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type postgres from "postgres";

/**
 * How long a migration waits for a lock before it lets everybody pass who waits behind it, how long it leaves them
 * before it tries again, and how often it tries.
 */
export type LockPatience = { lockMs: number; pauseMs: number; tries: number };

export const usualLockPatience: LockPatience = { lockMs: 3_000, pauseMs: 2_000, tries: 20 };

const lockNotAvailable = "55P03";

function isLockTimeout(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ((cause as { code?: unknown }).code === lockNotAvailable) return true;
  return false;
}

/** The transactions of this database that have been open for longest: among them is who holds the lock. */
async function oldestTransactions(client: postgres.Sql): Promise<string> {
  const rows = await client<{ pid: number; application: string; seconds: number }[]>`
    select pid, coalesce(nullif(application_name, ''), 'unnamed') as application,
      extract(epoch from clock_timestamp() - xact_start)::int as seconds
    from pg_stat_activity
    where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
    order by xact_start limit 3`;
  return rows
    .map(({ pid, application, seconds }) => `pid ${pid} (${application}), ${seconds} s`)
    .join("; ");
}

/**
 * Runs `change`, which takes locks on tables that are in use, so that it stops nobody for long: whoever comes after a
 * statement that waits for a table waits too, readers as well. A change that cannot have its lock in time is undone and
 * tried again.
 *
 * @param client one connection; its `lock_timeout` is set, for good.
 * @param change leaves nothing behind when it fails.
 * @throws when the last try could not have its lock either, with the oldest open transactions; what `change` throws
 *   otherwise.
 */
export async function withLockPatience(
  client: postgres.Sql,
  change: () => Promise<void>,
  { lockMs, pauseMs, tries }: LockPatience,
): Promise<void> {
  await client`select set_config('lock_timeout', ${`${lockMs}ms`}, false)`;
  for (let left = tries - 1; ; left--) {
    try {
      return await change();
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      const open = (await oldestTransactions(client)) || "none that this role may see";
      if (left === 0)
        throw new Error(
          `A migration has waited ${tries} times for a lock that others hold; nothing has changed. The oldest open ` +
            `transactions: ${open}. Let them end, or end them with pg_terminate_backend(pid), and migrate again.`,
          { cause: error },
        );
      process.stderr.write(
        `A migration waits for a lock and tries again. The oldest open transactions: ${open}.\n`,
      );
      await wait(pauseMs);
    }
  }
}
