import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { getEntitlement } from "@/lib/billing/entitlements";
import { unitsUsed, usedSince } from "./ledger";

/** What one API key has used; `name` is null for the app itself. */
export type KeyUsage = { id: string; name: string | null; units: number };

/** What each API key and the app have used in the current window, most first. Ended keys are there too. */
export async function getUsageByKey(workspaceId: string): Promise<KeyUsage[]> {
  const { meterWindow, isMetered } = await getEntitlement(workspaceId);
  const rows = await db().execute<{ id: string; name: string | null; units: string }>(sql`
    select used.source as id, k.name, sum(${unitsUsed(isMetered)}) as units
    from (${usedSince(workspaceId, meterWindow.start, { bySource: true })}) as used
      left join api_keys k on k.workspace_id = ${workspaceId} and k.id::text = used.source
    group by 1, 2
    having sum(${unitsUsed(isMetered)}) > 0
    order by 3 desc, 1`);
  return rows.map(({ id, name, units }) => ({
    id,
    name: name ?? (id ? "A key that is gone" : null),
    units: Number(units),
  }));
}
