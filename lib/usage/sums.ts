import "server-only";
import { type SQL, sql } from "drizzle-orm";

const units = ["billable", "free", "pack", "kept"] as const;

/** An INSERT of what `rows` add up to for each `key`, whose columns are read as the expressions given. */
function addUp(
  table: string,
  key: Readonly<Record<string, string>>,
  rows: string,
  summed: readonly string[] = units,
): string {
  const columns = Object.keys(key);
  const places = columns.map((_, index) => index + 1).join(", ");
  const sums = summed.map((unit) => `${unit}_units`);
  const added = sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`);
  return `insert into ${table} (${[...columns, ...sums].join(", ")})
    select ${[...Object.values(key), ...summed.map((unit) => `sum(${unit})`)].join(", ")}
    from ${rows} group by ${places} order by ${places}
    on conflict (${columns.join(", ")}) do update set ${added.join(", ")}`;
}

/**
 * Parts of a statement that add rows `(workspace_id, hour, source, billable, free, pack, kept)` to all sums of usage.
 * Whoever counts sees all of it or none. Everybody locks the sums in this order, so that no two wait for each other.
 *
 * @param parts the name of the part of the statement that has the rows.
 */
export function addToSums(parts: string): SQL {
  const rows = `${parts} where (billable, free, pack, kept) <> (0, 0, 0, 0)`;
  const workspace = { workspace_id: "workspace_id" };
  const hour = { ...workspace, hour: "hour" };
  const source = { source: "source" };
  const day = { ...workspace, day: "date_trunc('day', hour, 'UTC')", ...source };
  return sql.raw(`
    by_hour as (${addUp("usage_hours", { ...hour, ...source }, rows)}),
    by_day as (${addUp("usage_days", day, rows)}),
    in_all as (${addUp("usage_totals", hour, rows)}),
    of_packs as (${addUp("pack_totals", workspace, `${rows} and pack <> 0`, ["pack"])})`);
}
