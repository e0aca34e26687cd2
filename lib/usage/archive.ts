import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { dropPartitionsBefore, makePartitions, monthOf } from "./partitions";

/** How long an idempotency key holds at least: that long a use stays where its key is unique. */
const keysHoldDays = 7;
const batchSize = 2_000;
const monthsAhead = 2;

const due = sql`occurred_at < now() - ${keysHoldDays} * interval '1 day'
  and settled_at is not null and rejected_reason is null`;

/** Moves a batch; false when none is left. What is counted stays the same: the sums by hour are not touched. */
async function moveBatch(): Promise<boolean> {
  const months = await db().execute<{ month: string }>(sql`
    select distinct to_char(settled_at at time zone 'UTC', 'YYYY-MM') as month
    from (select settled_at from usage_events where ${due} order by occurred_at limit ${batchSize}) as oldest`);
  if (months.length === 0) return false;
  const there = months.map(({ month }) => month);
  await makePartitions(there);
  const moved = await db().execute(sql`
    with oldest as materialized (
      select id from usage_events
      where ${due} and to_char(settled_at at time zone 'UTC', 'YYYY-MM') in ${there}
      order by occurred_at limit ${batchSize} for update skip locked
    ), gone as (
      delete from usage_events where id in (select id from oldest) returning *
    )
    insert into usage_archive (id, workspace_id, name, units, billable_units, pack_units, kept_units, metadata,
      source, idempotency_key, occurred_at, settled_at)
    select id, workspace_id, name, units, billable_units, pack_units, kept_units, metadata,
      source, idempotency_key, occurred_at, settled_at
    from gone returning id`);
  return moved.length > 0;
}

/**
 * Moves settled uses whose keys have held long enough to the archive, makes its next partitions, and drops those that
 * are older than `USAGE_RETENTION_MONTHS`. Any number of workers may run it at once.
 */
export async function archiveUsage(): Promise<void> {
  const now = new Date();
  await makePartitions(
    Array.from({ length: monthsAhead + 1 }, (_, offset) => monthOf(now, offset)),
  );
  while (await moveBatch());
  const dropped = await dropPartitionsBefore(monthOf(now, -env().USAGE_RETENTION_MONTHS));
  if (dropped.length > 0) logger.info({ months: dropped }, "Usage past its retention was dropped");
}
