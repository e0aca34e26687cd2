import "server-only";
import { type SQL, sql } from "drizzle-orm";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const toHour = (moment: Date, round: (hours: number) => number): Date =>
  new Date(round(moment.getTime() / hourMs) * hourMs);

const at = (moment: Date): SQL => sql`${moment.toISOString()}::timestamptz`;

const units = sql`billable_units as billable, free_units as free, pack_units as pack, kept_units as kept`;

/** The sums of whole hours from `first` on; by source those of whole days where there are such. */
function wholeHours(workspaceId: string, first: Date, bySource: boolean): SQL {
  if (!bySource)
    return sql`select hour as at, ${units} from usage_totals
      where workspace_id = ${workspaceId} and hour >= ${at(first)}`;
  const firstDay = at(new Date(Math.ceil(first.getTime() / dayMs) * dayMs));
  return sql`
    select day as at, source, ${units} from usage_days
    where workspace_id = ${workspaceId} and day >= ${firstDay}
    union all
    select hour, source, ${units} from usage_hours
    where workspace_id = ${workspaceId} and hour >= ${at(first)} and hour < ${firstDay}`;
}

/**
 * Rows `(at, billable, free, pack, kept)` that add up, to the unit, to what a workspace has used since `since`,
 * in one snapshot of the database: the sums of whole hours, what was settled in the part of an hour at the beginning,
 * and what waits to be sent, which counts now, whenever it was used: Polar's windows go by when it hears of a use. Free
 * units go by when they occurred; windows of theirs begin with an hour. `at` is exact to the day (UTC).
 *
 * @param options.bySource gives each row its `source` too, which makes as many rows more.
 */
export function usedSince(workspaceId: string, since: Date, { bySource = false } = {}): SQL {
  const start = at(since);
  const firstHour = toHour(since, Math.ceil);
  const source = bySource ? sql`coalesce(source, ''),` : sql``;
  const settledAtEdge = (uses: SQL) => sql`
    select settled_at, ${source} billable_units, 0, pack_units, kept_units from ${uses}
    where workspace_id = ${workspaceId} and settled_at >= ${start} and settled_at < ${at(firstHour)}`;
  const edge =
    firstHour > since
      ? sql`union all ${settledAtEdge(sql`usage_events`)} and rejected_reason is null
          union all ${settledAtEdge(sql`usage_archive`)}`
      : sql``;
  return sql`
    ${wholeHours(workspaceId, firstHour, bySource)}
    ${edge}
    union all
    select greatest(occurred_at, ${start}), ${source} billable_units,
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
    select settled_at as at, billable_units as billable,
      case when billable_units = 0 then units - kept_units else 0 end as free, pack_units as pack, kept_units as kept from ${table}
    where workspace_id = ${workspaceId} and (${edges})`;
  return sql`
    ${settledAtEdges(sql`usage_events`)} and rejected_reason is null
    union all ${settledAtEdges(sql`usage_archive`)}
    union all
    select hour, billable_units, free_units, pack_units, kept_units from usage_totals
    where workspace_id = ${workspaceId} and hour >= ${at(first)} and hour < ${at(last)}`;
}

/** What of such rows the customer calls use: on a metered plan all that it counts, else what is free or of packs. */
export function unitsUsed(isMetered: boolean): SQL {
  return isMetered ? sql`billable + kept` : sql`free + pack`;
}
