import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { meter } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";

/** What there is to use in the current window, in units. */
export type Balance = {
  used: number;
  /** The allowance and what packs hold. */
  included: number;
  remaining: number;
  overageUnits: number;
  /** Whether use stops when nothing remains. */
  hardLimit: boolean;
  /** Of `remaining`, what the free plan's own allowance holds: it is counted here only. */
  freeRemaining: number;
};

type Counted = {
  billable: number;
  local: number;
  credited: number | null;
  consumed: number | null;
};

async function count(
  executor: Executor,
  workspaceId: string,
  entitlement: Entitlement,
): Promise<Counted> {
  const since = entitlement.meterWindow.start.toISOString();
  const isMetered = entitlement.overage !== null;
  // Without a subscription nothing resets Polar's meter: a pack's use is counted from the last reset on.
  const [row] = await executor.execute<{
    billable: string;
    local: string;
    credited: number | null;
    consumed: number | null;
  }>(sql`
    with reset as (
      select coalesce(${isMetered ? since : null}::timestamptz, max(coalesce(meter_period_start, current_period_start)), '-infinity'::timestamptz) as at
      from subscriptions where workspace_id = ${workspaceId}
    ), mirrored as (
      select credited_units, consumed_units from customer_meters, reset
      where workspace_id = ${workspaceId} and meter_key = ${meter.key} and observed_at >= reset.at
      order by observed_at desc limit 1
    )
    select
      (select coalesce(sum(units), 0) from usage_events, reset
        where workspace_id = ${workspaceId} and billable and occurred_at >= reset.at) as billable,
      (select coalesce(sum(units), 0) from usage_events
        where workspace_id = ${workspaceId} and not billable and occurred_at >= ${since}::timestamptz) as local,
      (select credited_units from mirrored) as credited,
      (select consumed_units from mirrored) as consumed`);
  return {
    billable: Number(row?.billable ?? 0),
    local: Number(row?.local ?? 0),
    credited: row?.credited ?? null,
    consumed: row?.consumed ?? null,
  };
}

/**
 * Available = what Polar credited − the greater of what Polar has counted and what we have accepted in the
 * same window, because Polar's count comes late. While a payment is overdue Polar has withdrawn its
 * credits, and before its first count there are none: then the catalog's allowance and the packs stand in.
 */
export async function readBalance(
  executor: Executor,
  workspaceId: string,
  entitlement: Entitlement,
): Promise<Balance> {
  const counted = await count(executor, workspaceId, entitlement);
  const metered = Math.max(counted.billable, counted.consumed ?? 0);
  if (entitlement.overage) {
    const included = Math.max(
      counted.credited ?? entitlement.monthlyUnits + entitlement.extraUnits,
      entitlement.monthlyUnits,
    );
    return {
      used: metered,
      included,
      remaining: Math.max(0, included - metered),
      overageUnits: Math.max(0, metered - included),
      hardLimit: false,
      freeRemaining: 0,
    };
  }
  const freeRemaining = Math.max(0, entitlement.monthlyUnits - counted.local);
  const credited =
    entitlement.extraUnits === 0 ? 0 : Math.max(0, counted.credited ?? entitlement.extraUnits);
  const packRemaining = Math.max(0, credited - metered);
  return {
    used: counted.local + (credited > 0 ? Math.min(metered, credited) : 0),
    included: entitlement.monthlyUnits + credited,
    remaining: freeRemaining + packRemaining,
    overageUnits: 0,
    hardLimit: true,
    freeRemaining,
  };
}
