import { expect, test } from "vitest";
import { projectUsage } from "@/lib/usage/projection";
import type { UsageSummary } from "@/lib/usage/summary";

const usage: UsageSummary = {
  period: { start: new Date("2026-11-01T00:00:00Z"), end: new Date("2026-12-01T00:00:00Z") },
  used: 3_000,
  included: 5_000,
  packIncluded: 0,
  remaining: 2_000,
  overageUnits: 0,
  hardLimit: false,
  available: null,
  spendingCap: null,
  polarReadAt: null,
  daily: [],
};
const overage = { units: 1_000, amount: 200 };
const afterTenDays = new Date("2026-11-11T00:00:00Z");

test.each([
  ["a third of the period gone", {}, { units: 9_000, overageUnits: 4_000, charge: 800 }],
  [
    "within the allowance",
    { used: 1_000, remaining: 4_000 },
    { units: 3_000, overageUnits: 0, charge: 0 },
  ],
  [
    "no less than what is over already",
    { used: 5_500, included: 5_000, overageUnits: 12_000 },
    { units: 16_500, overageUnits: 12_000, charge: 2_400 },
  ],
  [
    "a cap",
    { spendingCap: { amount: 500, currency: "usd" } },
    { units: 9_000, overageUnits: 4_000, charge: 500 },
  ],
  [
    "a cap in another currency",
    { spendingCap: { amount: 500, currency: "eur" } },
    { units: 9_000, overageUnits: 4_000, charge: 0 },
  ],
])("%s", (_, change, expected) => {
  expect(projectUsage({ ...usage, ...change }, overage, afterTenDays)).toEqual(expected);
});

test.each([
  ["on the first day", usage, overage, new Date("2026-11-01T23:59:59Z")],
  ["after the period", usage, overage, new Date("2026-12-01T00:00:00Z")],
  ["where use is not charged", usage, null, afterTenDays],
  [
    "where nothing ends the period",
    { ...usage, period: { start: usage.period.start, end: null } },
    overage,
    afterTenDays,
  ],
] as const)("nothing is projected %s", (_, summary, price, now) => {
  expect(projectUsage(summary, price, now)).toBeNull();
});
