import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { meter } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import type { Counted } from "./balance";
import { usedSince } from "./ledger";

type Row = {
  billable: string | null;
  free: string | null;
  pack_window: string | null;
  pack_ever: string | null;
  kept: string | null;
  reserved: string | null;
  credited: number | null;
  consumed: number | null;
  refunded: number | null;
  cap_amount: string | null;
  cap_currency: string | null;
};

/**
 * Counts what a workspace has used in its current window, here and at Polar, in one statement, so of one moment. It
 * takes as long for a million uses, of a hundred keys and of packs, as for a few.
 */
export async function countUsage(
  executor: Executor,
  workspaceId: string,
  { meterWindow }: Entitlement,
): Promise<Counted> {
  const since = meterWindow.start.toISOString();
  const [row] = await executor.execute<Row>(sql`
    with used as (
      select sum(billable) as billable, sum(free) as free, sum(pack) as pack_window, sum(kept) as kept
      from (${usedSince(workspaceId, meterWindow.start)}) as used
    ), packs as (
      select sum(pack_units) as pack_ever from (
        select pack_units from pack_totals where workspace_id = ${workspaceId}
        union all
        select pack_units from usage_events
        where workspace_id = ${workspaceId} and settled_at is null) as taken
    ), reservations as (
      select sum(units) as reserved from (
        select max(units) as units from usage_reservations
        where workspace_id = ${workspaceId} and expires_at > clock_timestamp()
        group by idempotency_key) as held
    ), credits as (
      select max(g.version_at) filter (where g.is_granted) as newest,
        sum(g.units) filter (where g.is_granted and g.subscription_id is null and o.status = 'refunded') as refunded
      from benefit_grants g left join orders o on o.id = g.order_id
      where g.workspace_id = ${workspaceId} and g.benefit_type = 'meter_credit'
    ), polar as (
      select credited_units, consumed_units from customer_meters
      where workspace_id = ${workspaceId} and meter_key = ${meter.key}
        and observed_at >= greatest(${since}::timestamptz, (select newest from credits))
      order by observed_at desc limit 1
    )
    select used.*, packs.*, reservations.*, credits.refunded,
      (select credited_units from polar) as credited,
      (select consumed_units from polar) as consumed,
      cap.amount as cap_amount, cap.currency as cap_currency
    from used, packs, reservations, credits
      left join spending_caps cap on cap.workspace_id = ${workspaceId}`);
  return {
    billable: Number(row?.billable ?? 0),
    free: Number(row?.free ?? 0),
    packWindow: Number(row?.pack_window ?? 0),
    packEver: Number(row?.pack_ever ?? 0),
    kept: Number(row?.kept ?? 0),
    reserved: Number(row?.reserved ?? 0),
    polar:
      row && row.credited !== null && row.consumed !== null
        ? { credited: row.credited, consumed: row.consumed }
        : null,
    refunded: row?.refunded ?? 0,
    spendingCap:
      row && row.cap_amount !== null && row.cap_currency !== null
        ? { amount: Number(row.cap_amount), currency: row.cap_currency }
        : null,
  };
}
