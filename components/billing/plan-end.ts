import type { Entitlement } from "@/lib/billing/entitlement";

/** The day on which a canceled plan ends; null for one that goes on. */
export function planEnd({ cancelAtPeriodEnd, endsAt, currentPeriodEnd }: Entitlement): Date | null {
  return cancelAtPeriodEnd ? (endsAt ?? currentPeriodEnd) : null;
}
