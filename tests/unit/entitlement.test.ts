import { describe, expect, test } from "vitest";
import { entitlementOf, type SubscriptionState } from "@/lib/billing/entitlement";
import { now, packGrant, subscriptionState as state } from "../support/entitlement";

const of = (...subscriptions: SubscriptionState[]) =>
  entitlementOf({ subscriptions, grants: [], now, graceDays: 7 });

describe("entitlementOf", () => {
  test.each([
    ["no subscription", [], "free", "none", 50],
    [
      "trialing",
      [state({ status: "trialing", trialEnd: "2026-11-30T00:00:00Z" })],
      "pro",
      "trialing",
      5000,
    ],
    ["active", [state()], "pro", "active", 5000],
    ["active, ends with the period", [state({ cancelAtPeriodEnd: true })], "pro", "active", 5000],
    [
      "past due inside grace",
      [state({ status: "past_due", pastDueAt: "2026-11-14T00:00:00Z" })],
      "pro",
      "past_due",
      5000,
    ],
    [
      "past due after grace",
      [state({ status: "past_due", pastDueAt: "2026-11-13T00:00:00Z" })],
      "free",
      "past_due",
      50,
    ],
    ["canceled", [state({ status: "canceled" })], "free", "none", 50],
    [
      "revoked in the middle of its period",
      [state({ status: "canceled", endsAt: "2026-11-20T11:59:59Z" })],
      "free",
      "none",
      50,
    ],
    ["unpaid", [state({ status: "unpaid" })], "free", "none", 50],
    ["paused", [state({ status: "paused" })], "free", "none", 50],
    ["a status of tomorrow", [state({ status: "hibernating" })], "free", "none", 50],
    [
      "a product that the catalog does not know",
      [state({ productKey: "other" })],
      "free",
      "active",
      50,
    ],
    ["a product without a key", [state({ productKey: null })], "free", "active", 50],
    [
      "the higher of two plans",
      [state(), state({ id: "s2", productKey: "business-yearly" })],
      "business",
      "active",
      50000,
    ],
    [
      "a paid plan over a lapsed higher one",
      [
        state({
          id: "s2",
          status: "past_due",
          pastDueAt: "2026-11-01T00:00:00Z",
          productKey: "business-monthly",
        }),
        state(),
      ],
      "pro",
      "active",
      5000,
    ],
    [
      "the paid one of two of the same plan, though the other's period ends later",
      [
        state({
          id: "s0",
          status: "past_due",
          pastDueAt: "2026-11-18T00:00:00Z",
          currentPeriodEnd: "2027-11-01T00:00:00Z",
        }),
        state(),
      ],
      "pro",
      "active",
      5000,
    ],
    [
      "a higher plan inside grace over a paid lower one",
      [
        state(),
        state({
          id: "s2",
          status: "past_due",
          pastDueAt: "2026-11-18T00:00:00Z",
          productKey: "business-monthly",
        }),
      ],
      "business",
      "past_due",
      50000,
    ],
  ] as const)("%s", (_, subscriptions, plan, status, units) => {
    const found = of(...subscriptions);
    expect([found.plan, found.status, found.monthlyUnits]).toEqual([plan, status, units]);
  });

  test("is read-only once grace is over", () => {
    expect(of(state({ status: "past_due", pastDueAt: "2026-11-13T00:00:00Z" })).readOnly).toBe(
      true,
    );
    expect(of(state({ status: "past_due", pastDueAt: "2026-11-14T00:00:00Z" })).readOnly).toBe(
      false,
    );
  });

  test("says that a pause is to come, and of a paused plan since when and until when", () => {
    expect(of(state({ pauseAtPeriodEnd: true })).pauseAtPeriodEnd).toBe(true);
    const paused = state({ status: "paused", resumesAt: "2027-01-01T00:00:00Z" });
    expect(of(paused).paused).toEqual({
      product: "pro-monthly",
      since: new Date("2026-12-01T00:00:00Z"),
      resumesAt: new Date("2027-01-01T00:00:00Z"),
    });
    expect(of(paused, state({ id: "s2" })).paused).toBeNull();
    expect(of(state()).paused).toBeNull();
  });

  test.each(Array.from({ length: 12 }, (_, month) => month))(
    "counts a yearly plan by its meter's month: %i after its begin",
    (month) => {
      const [start, end] = [month, month + 1].map(
        (after) => new Date(Date.UTC(2026, 10 + after, 15)),
      );
      const found = of(
        state({
          productKey: "pro-yearly",
          currentPeriodStart: "2026-11-15T00:00:00Z",
          currentPeriodEnd: "2027-11-15T00:00:00Z",
          meterPeriodStart: start?.toISOString() ?? null,
          meterPeriodEnd: end?.toISOString() ?? null,
        }),
      );
      expect(found).toMatchObject({
        plan: "pro",
        interval: "year",
        monthlyUnits: 5000,
        meterWindow: { start, end },
      });
    },
  );

  test.each([
    ["on Pro", [state()], 5000],
    [
      "over the renewal of Pro",
      [
        state({
          currentPeriodStart: "2026-12-01T00:00:00Z",
          currentPeriodEnd: "2027-01-01T00:00:00Z",
        }),
      ],
      5000,
    ],
    ["after the end of Pro", [state({ status: "canceled" })], 50],
    [
      "with a missed payment after grace",
      [state({ status: "past_due", pastDueAt: "2026-11-01T00:00:00Z" })],
      50,
    ],
  ] as const)("a pack adds its units %s", (_, subscriptions, units) => {
    const entitlement = entitlementOf({ subscriptions, grants: [packGrant], now, graceDays: 7 });
    expect([entitlement.monthlyUnits, entitlement.extraUnits]).toEqual([units, 1000]);
  });

  test("a pack that was revoked adds nothing", () => {
    const revoked = { ...packGrant, revokedAt: "2026-11-19T00:00:00Z" };
    const given = { subscriptions: [state()], grants: [revoked], now, graceDays: 7 };
    expect(entitlementOf(given).extraUnits).toBe(0);
  });

  test("adds packs and features granted apart, and nothing of a refunded order", () => {
    const flag = {
      benefitType: "feature_flag",
      benefitKey: "custom_qr",
      units: null,
      subscriptionId: null,
      revokedAt: null,
      refunded: false,
    };
    const given = entitlementOf({
      subscriptions: [],
      grants: [packGrant, flag, { ...packGrant, refunded: true }],
      now,
      graceDays: 7,
    });
    expect(given.extraUnits).toBe(1000);
    expect(given.features).toEqual(["custom_qr"]);
    expect(given.plan).toBe("free");
  });

  test("a subscription whose product left the catalog keeps what Polar has granted for it", () => {
    const old = state({ productKey: "pro-2024" });
    const grant = {
      benefitKey: null,
      units: null,
      subscriptionId: old.id,
      revokedAt: null,
      refunded: false,
    };
    const found = entitlementOf({
      subscriptions: [old],
      grants: [
        { ...grant, benefitType: "feature_flag", benefitKey: "custom_qr" },
        { ...grant, benefitType: "meter_credit", units: 3000 },
        { ...grant, benefitType: "meter_credit", units: 9000, subscriptionId: "somebody else" },
      ],
      now,
      graceDays: 7,
    });
    expect(found).toMatchObject({
      plan: "free",
      status: "active",
      product: null,
      subscriptionId: old.id,
      features: ["custom_qr"],
      monthlyUnits: 3000,
      extraUnits: 0,
    });
  });

  test.each([
    ["inside grace", "2026-11-14T00:00:00Z", "2026-11-14T00:00:05Z", ["custom_qr"], 3000],
    ["after grace", "2026-11-13T00:00:00Z", "2026-11-13T00:00:05Z", [], 50],
    ["inside grace, of before it", "2026-11-14T00:00:00Z", "2026-11-10T00:00:00Z", [], 50],
  ] as const)(
    "grants that Polar took back for a missed payment, of a product outside the catalog: %s",
    (_, pastDueAt, revokedAt, features, units) => {
      const old = state({ productKey: "pro-2024", status: "past_due", pastDueAt });
      const taken = { subscriptionId: old.id, revokedAt, refunded: false };
      const found = entitlementOf({
        subscriptions: [old],
        grants: [
          { ...taken, benefitType: "feature_flag", benefitKey: "custom_qr", units: null },
          { ...taken, benefitType: "meter_credit", benefitKey: null, units: 3000 },
          { ...packGrant, revokedAt },
        ],
        now,
        graceDays: 7,
      });
      expect([found.features, found.monthlyUnits, found.extraUnits]).toEqual([features, units, 0]);
    },
  );
});

test.each([
  ["a month's change", {}, true],
  ["a year's change in its last month", { meterPeriodEnd: "2026-12-01T00:00:00Z" }, true],
  ["a year's change in an earlier month", { meterPeriodEnd: "2026-11-25T00:00:00Z" }, false],
] as const)("use beyond the allowance stops before a change of plan: %s", (_, window, stops) => {
  const { overage, changesAtPeriodEnd } = of(state({ pendingProductId: "other", ...window }));
  expect([overage === null, changesAtPeriodEnd]).toEqual([stops, stops]);
});
