import { expect, test } from "vitest";
import { planAction } from "@/components/pricing/plan-action";
import { planOf } from "@/lib/billing/catalog";
import { entitlementOf } from "@/lib/billing/entitlement";

const end = "2026-12-08T00:00:00.000Z";

function pro(cancelAtPeriodEnd: boolean) {
  return entitlementOf({
    subscriptions: [
      {
        id: "s1",
        status: "active",
        productKey: "pro-monthly",
        currentPeriodStart: "2026-11-08T00:00:00Z",
        currentPeriodEnd: end,
        meterPeriodStart: null,
        meterPeriodEnd: null,
        trialEnd: null,
        cancelAtPeriodEnd,
        pauseAtPeriodEnd: false,
        resumesAt: null,
        pendingProductId: null,
        endsAt: cancelAtPeriodEnd ? end : null,
        pastDueAt: null,
      },
    ],
    grants: [],
    now: new Date("2026-11-20T00:00:00Z"),
    graceDays: 7,
  });
}

const free = entitlementOf({ subscriptions: [], grants: [], now: new Date(end), graceDays: 7 });

test.each([
  ["nobody", "pro", null, "sign-in"],
  ["nobody", "free", null, "sign-in"],
  ["somebody on Free", "free", free, "current"],
  ["somebody on Free", "pro", free, "buy"],
  ["somebody on Pro", "free", pro(false), "cancel"],
  ["somebody on Pro", "pro", pro(false), "current"],
  ["somebody on Pro", "business", pro(false), "change"],
  ["somebody who canceled Pro", "free", pro(true), "follows"],
  ["somebody who canceled Pro", "pro", pro(true), "current"],
] as const)("to %s the %s plan offers what fits", (_who, plan, entitlement, kind) => {
  expect(planAction(planOf(plan), "month", entitlement, null).kind).toBe(kind);
});

test("the Free plan follows on the day that a canceled one ends", () => {
  expect(planAction(planOf("free"), "month", pro(true), null)).toEqual({
    kind: "follows",
    from: new Date(end),
  });
});

test("a choice made before signing in is kept, with where its visitor was going", () => {
  expect(planAction(planOf("pro"), "year", null, "/studio")).toEqual({
    kind: "sign-in",
    href: `/sign-in?callbackUrl=${encodeURIComponent("/checkout/start?product=pro-yearly&next=%2Fstudio")}`,
  });
});
