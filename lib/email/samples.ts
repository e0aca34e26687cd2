import "server-only";
import type { EmailProps, EmailTemplate } from "./messages";

/** What each mail may say, to look at it: one or several of every template, each under a name. */
export const emailSamples: { [Template in EmailTemplate]: Record<string, EmailProps[Template]> } = {
  "sign-in": { "": { seed: "a preview, which opens nothing", returnTo: "/dashboard" } },
  "order-confirmation": {
    begun: {
      orderId: "0e1a2b3c-0000-4000-8000-000000000001",
      billingReason: "subscription_create",
      description: "Pro",
      total: "$22.61",
      isCredit: false,
      number: "NS-0001",
    },
    "from credit": {
      orderId: "0e1a2b3c-0000-4000-8000-000000000002",
      billingReason: "subscription_cycle",
      description: "Business",
      total: "$79",
      isCredit: false,
      balance: { isCredit: true, amount: "$60", due: "$19" },
      number: "NS-0002",
    },
  },
  refund: {
    "in part": {
      orderId: "0e1a2b3c-0000-4000-8000-000000000003",
      description: "Pro",
      amount: "$5",
      total: "$19",
      isPartial: true,
      ofSubscription: true,
      number: "NS-0003",
    },
  },
  "payment-reminder": {
    "first day": { day: 0, plan: "Pro", accessUntil: "2026-12-08T10:00:00Z", isReadOnly: false },
    "read-only": { day: 6, plan: "Pro", accessUntil: "2026-12-08T10:00:00Z", isReadOnly: true },
  },
  "payment-recovered": { "": { plan: "Pro" } },
  "trial-ending": {
    "": { plan: "Pro", endsAt: "2026-12-15T10:00:00Z", price: "$19", interval: "month" },
  },
  "subscription-canceled": {
    "": { plan: "Pro", until: "2026-12-31T10:00:00Z", isTrial: false },
    "on trial": { plan: "Pro", until: "2026-12-15T10:00:00Z", isTrial: true },
  },
  "subscription-ended": {
    "": { plan: "Pro", isUnpaid: false },
    unpaid: { plan: "Pro", isUnpaid: true },
  },
  "account-deleted": { "": {} },
  "usage-notice": {
    "80 percent": {
      isUsedUp: false,
      plan: "Pro",
      used: 4_100,
      included: 5_000,
      endsAt: "2026-12-31T10:00:00Z",
      overage: { price: "$2", units: 1_000 },
      spendingCap: null,
    },
    "used up": {
      isUsedUp: true,
      plan: "Free",
      used: 50,
      included: 50,
      endsAt: null,
      overage: null,
      spendingCap: null,
    },
  },
  "cap-notice": { "": { isReached: true, plan: "Pro", spendingCap: "$20", spent: "$20" } },
  alert: {
    opened: {
      event: "opened",
      severity: "critical",
      summary: "12 of 80 webhooks could not be applied in the last hour.",
    },
    resolved: {
      event: "resolved",
      severity: "critical",
      summary: "12 of 80 webhooks could not be applied in the last hour.",
    },
  },
};
