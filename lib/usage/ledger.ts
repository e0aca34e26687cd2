import "server-only";
import { type SQL, sql } from "drizzle-orm";

const hourMs = 3_600_000;

const toHour = (moment: Date, round: (hours: number) => number): Date =>
  new Date(round(moment.getTime() / hourMs) * hourMs);

const at = (moment: Date): SQL => sql`${moment.toISOString()}::timestamptz`;

/**
 * Rows `(at, source, billable, free, pack, kept)` that add up, to the unit, to what a workspace has used since `since`,
 * in one snapshot of the database: the sums of whole hours, what was settled in the part of an hour at the beginning,
 * and what waits to be sent, which counts now, whenever it was used: Polar's windows go by when it hears of a use. Free
 * units go by when they occurred; windows of theirs begin with an hour. `at` is to the hour, or closer.
 */
export function usedSince(workspaceId: string, since: Date): SQL {
  const start = at(since);
  const firstHour = toHour(since, Math.ceil);
  const wholeHours = at(firstHour);
  const settledAtEdge = (table: SQL) => sql`
    select settled_at, coalesce(source, ''), billable_units, 0, pack_units, kept_units from ${table}
    where workspace_id = ${workspaceId} and settled_at >= ${start} and settled_at < ${wholeHours}`;
  const edge =
    firstHour > since
      ? sql`union all ${settledAtEdge(sql`usage_events`)} and rejected_reason is null
          union all ${settledAtEdge(sql`usage_archive`)}`
      : sql``;
  return sql`
    select hour as at, source, billable_units as billable, free_units as free, pack_units as pack,
      kept_units as kept
    from usage_hours where workspace_id = ${workspaceId} and hour >= ${wholeHours}
    ${edge}
    union all
    select greatest(occurred_at, ${start}), coalesce(source, ''), billable_units,
      case when occurred_at >= ${start} then units - billable_units - kept_units else 0 end, pack_units,
      kept_units
    from usage_events where workspace_id = ${workspaceId} and settled_at is null`;
}

/**
 * The same rows for a window that is over, from `start` until before `end`: what was settled in it. What waits counts
 * in the window of now.
 */
export function usedBetween(workspaceId: string, start: Date, end: Date): SQL {
  const first = toHour(start, Math.ceil);
  const last = toHour(end, Math.floor);
  const edges =
    first < last
      ? sql`settled_at >= ${at(start)} and settled_at < ${at(first)}
          or settled_at >= ${at(last)} and settled_at < ${at(end)}`
      : sql`settled_at >= ${at(start)} and settled_at < ${at(end)}`;
  const settledAtEdges = (table: SQL) => sql`
    select settled_at as at, billable_units as billable, 0 as free, pack_units as pack, kept_units as kept from ${table}
    where workspace_id = ${workspaceId} and (${edges})`;
  return sql`
    ${settledAtEdges(sql`usage_events`)} and rejected_reason is null
    union all ${settledAtEdges(sql`usage_archive`)}
    union all
    select hour, billable_units, free_units, pack_units, kept_units from usage_hours
    where workspace_id = ${workspaceId} and hour >= ${at(first)} and hour < ${at(last)}`;
}

/** What of such rows the customer calls use: on a metered plan all that it counts, else what is free or of packs. */
export function unitsUsed(isMetered: boolean): SQL {
  return isMetered ? sql`billable + kept` : sql`free + pack`;
}
