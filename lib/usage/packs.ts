import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import type { Entitlement } from "@/lib/billing/entitlement";
import { type Counted, packCorrectionOf } from "./balance";
import { addToSums } from "./sums";

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
    with part as (
      select ${workspaceId} as workspace_id, greatest(date_trunc('hour', now(), 'UTC'), ${firstHour}) as hour,
        '' as source, 0 as billable, 0 as free, ${units}::int as pack, 0 as kept
    ), ${addToSums("part")}
    select`);
  return {
    ...counted,
    packWindow: counted.packWindow + units,
    packEver: counted.packEver + units,
  };
}
