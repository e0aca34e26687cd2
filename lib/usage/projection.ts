import { currency } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { chargeOf } from "./balance";
import type { UsageSummary } from "./summary";

/** What the period comes to at its pace so far. `charge` is in minor units, before tax, beyond the plan's price. */
export type Projection = { units: number; overageUnits: number; charge: number };

const dayMs = 86_400_000;

/** What a cap lets be charged. One in another currency than the prices pays for nothing. */
function mostCharged(cap: UsageSummary["spendingCap"]): number {
  if (!cap) return Number.POSITIVE_INFINITY;
  return cap.currency === currency ? cap.amount : 0;
}

/**
 * Extrapolates use in a straight line to the period's end; null on the first day, when a line says nothing, and
 * where nothing is charged for use. A spending cap holds here too.
 */
export function projectUsage(
  { period, used, included, overageUnits, spendingCap }: UsageSummary,
  overage: Entitlement["overage"],
  now: Date,
): Projection | null {
  if (!overage || !period.end) return null;
  const elapsed = now.getTime() - period.start.getTime();
  const whole = period.end.getTime() - period.start.getTime();
  if (elapsed < dayMs || elapsed >= whole) return null;
  const units = Math.round((used / elapsed) * whole);
  const beyond = Math.max(overageUnits, units - included, 0);
  const charge = Math.min(chargeOf(beyond, overage), mostCharged(spendingCap));
  return { units, overageUnits: beyond, charge };
}
