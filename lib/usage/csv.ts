import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { usedSince } from "./ledger";

const exportedDays = 400;

/** As RFC 4180 has it; what a spreadsheet would take for a formula is given a quote before it. */
function field(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (...values: (string | number)[]) => `${values.map(field).join(",")}\r\n`;

/**
 * A workspace's use by day (UTC) and API key of the last 400 days, oldest first, as CSV: `billable` is what
 * plans and packs give, `free` what the free plan gives.
 */
export async function* usageCsv(workspaceId: string): AsyncGenerator<string> {
  const since = new Date(Math.floor(Date.now() / 86_400_000 - exportedDays) * 86_400_000);
  const rows = await db().execute<{
    day: string;
    id: string;
    name: string | null;
    billable: string;
    free: string;
  }>(sql`
    select to_char(used.at at time zone 'UTC', 'YYYY-MM-DD') as day, used.source as id, k.name,
      sum(used.billable + used.kept) as billable, sum(used.free) as free
    from (${usedSince(workspaceId, since, { bySource: true })}) as used
      left join api_keys k on k.workspace_id = ${workspaceId} and k.id::text = used.source
    group by 1, 2, 3
    having sum(used.billable + used.kept + used.free) > 0
    order by 1, 2`);
  yield line("day", "key", "key_id", "billable", "free");
  for (const { day, id, name, billable, free } of rows)
    yield line(day, name ?? "", id, Number(billable), Number(free));
}
