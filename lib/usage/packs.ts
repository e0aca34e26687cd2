import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import type { Entitlement } from "@/lib/billing/entitlement";
import { type Counted, packCorrectionOf } from "./balance";

/**
 * Corrects what the window of now has taken from packs (`packCorrectionOf`), where what was bought, or the window
 * itself, was not known when a use was written down. The correction lies in an hour that is wholly in the window. The
 * caller holds the workspace's lock.
 *
 * @param counted what was counted under that lock.
 * @returns the same, with the correction.
 */
export async function correctPacks(
  executor: Executor,
  workspaceId: string,
  entitlement: Entitlement,
  counted: Counted,
): Promise<Counted> {
  const units = packCorrectionOf(entitlement, counted);
  if (units === 0) return counted;
  const start = sql`${entitlement.meterWindow.start.toISOString()}::timestamptz`;
  const firstHour = sql`date_trunc('hour', ${start} + interval '1 hour' - interval '1 microsecond', 'UTC')`;
  await executor.execute(sql`
    insert into usage_hours (workspace_id, hour, source, pack_units)
    values (${workspaceId}, greatest(date_trunc('hour', now(), 'UTC'), ${firstHour}), '', ${units})
    on conflict (workspace_id, hour, source) do update set
      pack_units = usage_hours.pack_units + excluded.pack_units`);
  return {
    ...counted,
    packWindow: counted.packWindow + units,
    packEver: counted.packEver + units,
  };
}
