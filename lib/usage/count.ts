import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { meter } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import type { Counted } from "./balance";

type Row = {
  billable: string | null;
  free: string | null;
  pack_window: string | null;
  pack_ever: string | null;
  credited: number | null;
  consumed: number | null;
  refunded: number | null;
};

/** Counts what a workspace has used in its current window, here and at Polar. */
export async function countUsage(
  executor: Executor,
  workspaceId: string,
  { meterWindow }: Entitlement,
): Promise<Counted> {
  const since = meterWindow.start.toISOString();
  const [row] = await executor.execute<Row>(sql`
    with here as (
      select sum(units) filter (where billable) as billable,
        sum(units) filter (where not billable) as free,
        sum(pack_units) as pack_window
      from usage_events
      where workspace_id = ${workspaceId} and occurred_at >= ${since}::timestamptz
    ), credits as (
      select max(g.observed_at) filter (where g.is_granted) as newest,
        sum(g.units) filter (where g.is_granted and g.subscription_id is null and o.status = 'refunded') as refunded
      from benefit_grants g left join orders o on o.id = g.order_id
      where g.workspace_id = ${workspaceId} and g.benefit_type = 'meter_credit'
    ), polar as (
      select credited_units, consumed_units from customer_meters
      where workspace_id = ${workspaceId} and meter_key = ${meter.key}
        and observed_at >= greatest(${since}::timestamptz, (select newest from credits))
      order by observed_at desc limit 1
    )
    select here.*,
      (select sum(pack_units) from usage_events
        where workspace_id = ${workspaceId} and pack_units > 0) as pack_ever,
      credits.refunded,
      (select credited_units from polar) as credited,
      (select consumed_units from polar) as consumed
    from here, credits`);
  return {
    billable: Number(row?.billable ?? 0),
    free: Number(row?.free ?? 0),
    packWindow: Number(row?.pack_window ?? 0),
    packEver: Number(row?.pack_ever ?? 0),
    polar:
      row && row.credited !== null && row.consumed !== null
        ? { credited: row.credited, consumed: row.consumed }
        : null,
    refunded: row?.refunded ?? 0,
  };
}
