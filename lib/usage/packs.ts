import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import type { Entitlement } from "@/lib/billing/entitlement";
import { once } from "@/lib/billing/side-effects";
import { type Counted, packCorrectionOf } from "./balance";
import { addToSums } from "./sums";

async function addPackUnits(
  executor: Executor,
  workspaceId: string,
  hour: SQL,
  units: number,
): Promise<void> {
  await executor.execute(sql`
    with part as (
      select ${workspaceId} as workspace_id, ${hour} as hour, '' as source, 0 as billable, 0 as free,
        ${units}::int as pack, 0 as kept
    ), ${addToSums("part")}
    select`);
}

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
  const hour = sql`greatest(date_trunc('hour', now(), 'UTC'), ${firstHour})`;
  await addPackUnits(executor, workspaceId, hour, units);
  return {
    ...counted,
    packWindow: counted.packWindow + units,
    packEver: counted.packEver + units,
  };
}

/**
 * Writes off, once, what had been used of a pack whose order was refunded whole, so that the next pack does not pay for
 * it. It lies before every window, so that none of them changes. The caller holds the workspace's lock.
 *
 * @param counted what was counted under that lock, and corrected.
 */
export async function writeOffRefunded(
  executor: Executor,
  workspaceId: string,
  { extraUnits }: Entitlement,
  counted: Counted,
): Promise<Counted> {
  const refunded = await executor.execute<{ id: string; units: number }>(sql`
    select o.id, sum(g.units) as units
    from orders o join benefit_grants g on g.order_id = o.id
    where o.workspace_id = ${workspaceId} and o.status = 'refunded' and g.workspace_id = ${workspaceId}
      and g.subscription_id is null and g.benefit_type = 'meter_credit'
      and not exists (select from side_effects where key = 'pack-written-off:' || o.id)
    group by o.id`);
  let { packEver } = counted;
  for (const { id, units } of refunded) {
    if (!(await once(executor, `pack-written-off:${id}`))) continue;
    const debt = Math.min(units, Math.max(0, packEver - extraUnits));
    if (debt === 0) continue;
    await addPackUnits(executor, workspaceId, sql`'epoch'::timestamptz`, -debt);
    packEver -= debt;
  }
  return { ...counted, packEver };
}
