import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { lock } from "@/db/lock";

/** A month (UTC), as in "2026-11". */
export type Month = string;

const prefix = "usage_archive_";

export function monthOf(moment: Date, offset = 0): Month {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + offset))
    .toISOString()
    .slice(0, 7);
}

async function listMonths(executor: Executor): Promise<Month[]> {
  const rows = await executor.execute<{ name: string }>(sql`
    select child.relname as name from pg_inherits
    join pg_class child on child.oid = inhrelid
    where inhparent = 'usage_archive'::regclass order by 1`);
  return rows.map(({ name }) => name.slice(prefix.length).replace("_", "-"));
}

const tableOf = (month: Month) => sql.identifier(prefix + month.replace("-", "_"));

/**
 * Changes the archive's partitions, one process at a time. Whoever reads the archive for long makes this fail rather
 * than wait, because everybody else would wait behind it; the next run does it.
 */
async function change(work: (executor: Executor, months: Month[]) => Promise<void>): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local lock_timeout = '5s'`);
    await lock(tx, "usage_archive partitions");
    await work(tx, await listMonths(tx));
  });
}

/** Makes the partitions of these months unless they are there. */
export async function makePartitions(months: Iterable<Month>): Promise<void> {
  const there = new Set(await listMonths(db()));
  const missing = [...new Set(months)].filter((month) => !there.has(month));
  if (missing.length === 0) return;
  await change(async (tx, made) => {
    for (const month of missing.filter((wanted) => !made.includes(wanted))) {
      const start = new Date(`${month}-01T00:00:00Z`);
      const bounds = sql.raw(
        `from ('${start.toISOString()}') to ('${monthOf(start, 1)}-01T00:00:00.000Z')`,
      );
      await tx.execute(
        sql`create table ${tableOf(month)} partition of usage_archive for values ${bounds}`,
      );
    }
  });
}

/** Drops the partitions of the months before `first`, and tells which. */
export async function dropPartitionsBefore(first: Month): Promise<Month[]> {
  const isOld = (month: Month) => month < first;
  if (!(await listMonths(db())).some(isOld)) return [];
  const dropped: Month[] = [];
  await change(async (tx, months) => {
    for (const month of months.filter(isOld)) {
      await tx.execute(sql`drop table ${tableOf(month)}`);
      dropped.push(month);
    }
  });
  return dropped;
}
