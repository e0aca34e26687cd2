import { describe, expect, test } from "vitest";
import { entitlementOf } from "@/lib/billing/entitlement";
import { balanceOf, type Counted, keptUnitsOf, packUnitsOf } from "@/lib/usage/balance";
import { now, packGrant, subscriptionState } from "../support/entitlement";

const entitled = (plan: "free" | "pro" | "lapsed", packs = 1) =>
  entitlementOf({
    subscriptions:
      plan === "free"
        ? []
        : [
            plan === "pro"
              ? subscriptionState()
              : subscriptionState({ status: "past_due", pastDueAt: "2026-11-01T00:00:00Z" }),
          ],
    grants: Array.from({ length: packs }, () => packGrant),
    now,
    graceDays: 7,
  });
const counted = (some: Partial<Counted> = {}): Counted => ({
  billable: 0,
  free: 0,
  packWindow: 0,
  packEver: 0,
  kept: 0,
  polar: null,
  refunded: 0,
  reserved: 0,
  spendingCap: null,
  ...some,
});
const figures = (...args: Parameters<typeof balanceOf>) => {
  const { used, included, remaining, overageUnits } = balanceOf(...args);
  return [used, included, remaining, overageUnits];
};

describe("balanceOf: used, included, remaining, overage", () => {
  test.each([
    ["free, nothing used", entitled("free", 0), {}, [0, 50, 50, 0]],
    ["free, used up", entitled("free", 0), { free: 50 }, [50, 50, 0, 0]],
    [
      "free with a pack",
      entitled("free"),
      { free: 50, packWindow: 10, packEver: 10 },
      [60, 1050, 990, 0],
    ],
    ["a pack begun in an earlier month", entitled("free"), { packEver: 400 }, [0, 650, 650, 0]],
    [
      "a pack that a plan's use never reached",
      entitled("free"),
      { billable: 3001 },
      [0, 1050, 1050, 0],
    ],
    ["a pack refunded after half was used", entitled("free", 0), { packEver: 500 }, [0, 50, 50, 0]],
    [
      "missed payment: the pack stays, the rest does not",
      entitled("lapsed"),
      { free: 3 },
      [3, 1003, 1000, 0],
    ],
    ["pro before Polar has counted", entitled("pro"), { billable: 10 }, [10, 6000, 5990, 0]],
    [
      "pro: Polar's own count, when it is ahead",
      entitled("pro"),
      { billable: 10, polar: { consumed: 12, credited: 6000 } },
      [12, 6000, 5988, 0],
    ],
    [
      "pro: what is left of a pack begun in an earlier month",
      entitled("pro"),
      { packEver: 600, polar: { consumed: 0, credited: 5400 } },
      [0, 5400, 5400, 0],
    ],
    [
      "pro: a pack that Polar has lost is still the customer's",
      entitled("pro"),
      {
        packWindow: 900,
        packEver: 900,
        kept: 900,
        billable: 5000,
        polar: { consumed: 5000, credited: 5000 },
      },
      [5900, 6000, 100, 0],
    ],
    [
      "pro: credits given by hand at Polar",
      entitled("pro", 0),
      { polar: { consumed: 0, credited: 5250 } },
      [0, 5250, 5250, 0],
    ],
    [
      "pro: a pack paid back that Polar still counts",
      entitled("pro", 1),
      { polar: { consumed: 0, credited: 7000 }, refunded: 1000 },
      [0, 6000, 6000, 0],
    ],
    [
      "pro, past due: Polar took its credits back, the plan's stay",
      entitled("pro", 0),
      { billable: 10, polar: { consumed: 10, credited: 0 } },
      [10, 5000, 4990, 0],
    ],
    ["pro beyond everything", entitled("pro", 0), { billable: 5007 }, [5007, 5000, 0, 7]],
  ] as const)("%s", (_, entitlement, some, expected) => {
    expect(figures(entitlement, counted(some))).toEqual(expected);
  });
});

describe("packUnitsOf", () => {
  test.each([
    ["covered by the free allowance", entitled("free"), { free: 49 }, 1, 0],
    ["half covered", entitled("free"), { free: 48 }, 5, 3],
    ["the allowance is gone", entitled("free"), { free: 50, packWindow: 7, packEver: 7 }, 2, 2],
    ["missed payment", entitled("lapsed"), {}, 4, 4],
    ["within the plan", entitled("pro"), { billable: 4999 }, 1, 0],
    ["past the plan's allowance", entitled("pro"), { billable: 4999 }, 3, 2],
    [
      "past allowance and pack",
      entitled("pro"),
      { billable: 6100, packWindow: 1000, packEver: 1000 },
      5,
      0,
    ],
    ["a pack bought after overage covers that too", entitled("pro"), { billable: 5300 }, 1, 301],
  ] as const)("%s", (_, entitlement, some, units, expected) => {
    expect(packUnitsOf(entitlement, counted(some), units)).toBe(expected);
  });
});

describe("available: what can be used before use stops", () => {
  const cap = (amount: number, currency = "usd") => ({ spendingCap: { amount, currency } });
  test.each([
    ["free: less what is reserved", entitled("free", 0), { free: 10, reserved: 5 }, 35],
    ["pro: nothing stops it", entitled("pro", 0), { billable: 9_000 }, null],
    ["a cap of 0: the allowance", entitled("pro", 0), { billable: 4_000, ...cap(0) }, 1_000],
    [
      "a cap: what it pays for as well",
      entitled("pro", 0),
      { billable: 4_000, ...cap(200) },
      2_000,
    ],
    ["a cap that is partly used", entitled("pro", 0), { billable: 5_600, ...cap(200) }, 400],
    ["a cap that was lowered", entitled("pro", 0), { billable: 5_600, ...cap(100) }, 0],
    ["no part of a unit", entitled("pro", 0), { billable: 5_000, ...cap(1) }, 5],
    ["a cap and a reservation", entitled("pro", 0), { reserved: 10, ...cap(0) }, 4_990],
    ["a cap in another currency", entitled("pro", 0), { billable: 5_000, ...cap(500, "eur") }, 0],
  ] as const)("%s", (_, entitlement, some, expected) => {
    expect(balanceOf(entitlement, counted(some)).available).toBe(expected);
  });
});

describe("keptUnitsOf", () => {
  const lost = { consumed: 0, credited: 5000 };
  test.each([
    ["before Polar has counted", entitled("pro"), { billable: 5000 }, 10, 0],
    [
      "Polar has the pack",
      entitled("pro"),
      { billable: 5000, polar: { consumed: 0, credited: 6000 } },
      10,
      0,
    ],
    ["Polar has lost it: within the plan", entitled("pro"), { billable: 4990, polar: lost }, 10, 0],
    ["Polar has lost it: beyond the plan", entitled("pro"), { billable: 4990, polar: lost }, 15, 5],
    [
      "Polar has lost it, and it is used up",
      entitled("pro"),
      { billable: 5000, kept: 998, packWindow: 998, packEver: 998, polar: lost },
      15,
      2,
    ],
    [
      "Polar has half of it",
      entitled("pro"),
      { billable: 5000, polar: { consumed: 0, credited: 5500 } },
      700,
      200,
    ],
    [
      "past due: Polar took everything",
      entitled("pro"),
      { billable: 5000, polar: { consumed: 0, credited: 0 } },
      7,
      7,
    ],
    ["no pack", entitled("pro", 0), { billable: 5000, polar: lost }, 7, 0],
    ["free", entitled("free"), { free: 50, polar: lost }, 7, 0],
  ] as const)("%s", (_, entitlement, some, units, expected) => {
    expect(keptUnitsOf(entitlement, counted(some), units)).toBe(expected);
  });
});
