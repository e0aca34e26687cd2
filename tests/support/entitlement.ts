import type { GrantState, SubscriptionState } from "@/lib/billing/entitlement";

/** The moment that the table tests of entitlements and balances stand at. */
export const now = new Date("2026-11-20T12:00:00Z");

/** A subscription to Pro in the middle of its month at `now`. */
export function subscriptionState(change: Partial<SubscriptionState> = {}): SubscriptionState {
  return {
    id: "s1",
    status: "active",
    productKey: "pro-monthly",
    currentPeriodStart: "2026-11-01T00:00:00Z",
    currentPeriodEnd: "2026-12-01T00:00:00Z",
    meterPeriodStart: null,
    meterPeriodEnd: null,
    trialEnd: null,
    cancelAtPeriodEnd: false,
    pauseAtPeriodEnd: false,
    resumesAt: null,
    pendingProductId: null,
    endsAt: null,
    pastDueAt: null,
    ...change,
  };
}

/** A pack of 1,000 units that was bought and not paid back. */
export const packGrant: GrantState = {
  benefitType: "meter_credit",
  benefitKey: "credits-pack",
  units: 1000,
  subscriptionId: null,
  revokedAt: null,
  refunded: false,
};
