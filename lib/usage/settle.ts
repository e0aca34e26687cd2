import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { addToSums } from "./sums";

/**
 * Settles rows and adds them to the sums by hour, in one statement, so that whoever counts sees either both or neither.
 * A row that another worker has settled meanwhile is left alone. Whose uses were settled is told by a job, if the
 * allowance is used up by it.
 *
 * @param rows a subquery of their ids.
 * @param takenAt when Polar took what is billable (ISO 8601 UTC).
 * @returns how many were settled.
 */
async function settle(rows: SQL, takenAt: string): Promise<number> {
  return await db().transaction(async (tx) => {
    const settled = await settleRows(tx, rows, takenAt);
    const workspaceIds = [...new Set(settled)];
    if (workspaceIds.length > 0) await enqueue(tx, "notice_usage", { workspaceIds });
    return settled.length;
  });
}

/** Gives the workspace of each row that was settled. */
async function settleRows(executor: Executor, rows: SQL, takenAt: string): Promise<string[]> {
  const settled = await executor.execute<{ workspace_id: string }>(sql`
    with locked as materialized (
      ${rows}
    ), settled as (
      update usage_events set claimed_until = null,
        settled_at = case when billable_units > 0 then ${takenAt}::timestamptz else occurred_at end
      where id in (select id from locked)
      returning *
    ), parts as (
      select workspace_id, date_trunc('hour', settled_at, 'UTC') as hour, coalesce(source, '') as source,
        billable_units as billable, 0 as free, pack_units as pack,
        kept_units as kept
      from settled
      union all
      select workspace_id, date_trunc('hour', occurred_at, 'UTC'), coalesce(source, ''),
        0, units - billable_units - kept_units, 0, 0
      from settled
    ), ${addToSums("parts")}
    select workspace_id from settled`);
  return settled.map((row) => row.workspace_id);
}

/** Settles what Polar has taken at `takenAt`. */
export async function settleTaken(ids: readonly string[], takenAt: string): Promise<number> {
  return await settle(
    sql`select id from usage_events where id in ${ids} and settled_at is null order by id for update`,
    takenAt,
  );
}

/** Settles up to `limit` uses that the free plan gives, of which Polar never hears. */
export async function settleFree(limit: number): Promise<number> {
  return await settle(
    sql`select id from usage_events where settled_at is null and billable_units = 0
      order by occurred_at limit ${limit} for update skip locked`,
    new Date().toISOString(),
  );
}
