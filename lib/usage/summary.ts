import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { meter } from "@/lib/billing/catalog";
import { getEntitlement } from "@/lib/billing/entitlements";
import { balanceOf } from "./balance";
import { countUsage } from "./count";
import { unitsUsed, usedSince } from "./ledger";

/** This period's use for people. Days are UTC. */
export type UsageSummary = {
  period: { start: Date; end: Date | null };
  used: number;
  included: number;
  /** Of `included`: what packs held for this period. */
  packIncluded: number;
  remaining: number;
  overageUnits: number;
  hardLimit: boolean;
  /** How many more units can be used before use stops; null where nothing stops it. */
  available: number | null;
  /** The most that the customer pays for overage in a period, in minor units. */
  spendingCap: { amount: number; currency: string } | null;
  /** When Polar's own count of the meter was last read; null when it never was. */
  polarReadAt: Date | null;
  daily: { date: string; units: number }[];
};

const dayMs = 86_400_000;
const longestChartDays = 62;

/** The days from `start` to `end`, both included; of too many the last. */
function daysBetween(start: Date, end: Date): string[] {
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate());
  const days: string[] = [];
  const earliest = Math.floor(end.getTime() / dayMs) * dayMs - (longestChartDays - 1) * dayMs;
  for (let at = Math.max(first, earliest); at <= end.getTime(); at += dayMs) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** What a workspace has used in the current window, in all and by day. */
export async function getUsage(workspaceId: string): Promise<UsageSummary> {
  const entitlement = await getEntitlement(workspaceId);
  const { start, end } = entitlement.meterWindow;
  const [counted, [read], rows] = await Promise.all([
    countUsage(db(), workspaceId, entitlement),
    db().execute<{ at: string | null }>(sql`
      select max(observed_at) as at from customer_meters
      where workspace_id = ${workspaceId} and meter_key = ${meter.key}`),
    db().execute<{ date: string; units: string }>(sql`
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as date,
        sum(${unitsUsed(entitlement.isMetered)}) as units
      from (${usedSince(workspaceId, start)}) as used
      group by 1`),
  ]);
  const balance = balanceOf(entitlement, counted);
  const byDay = new Map(rows.map((row) => [row.date, Number(row.units)]));
  const now = new Date();
  return {
    period: { start, end },
    used: balance.used,
    included: balance.included,
    packIncluded: balance.packIncluded,
    remaining: balance.remaining,
    overageUnits: balance.overageUnits,
    hardLimit: balance.hardLimit,
    available: balance.available,
    spendingCap: balance.spendingCap,
    polarReadAt: read?.at ? new Date(read.at) : null,
    daily: daysBetween(start, now).map((date) => ({
      date,
      units: Math.max(0, byDay.get(date) ?? 0),
    })),
  };
}
