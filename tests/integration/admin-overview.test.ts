import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { orders, refunds, subscriptions } from "@/db/schema";
import { readOverview } from "@/lib/admin/overview";
import { withWorld } from "../support/shop";

// A database of its own: the figures are of everybody.
withWorld();

const now = new Date("2026-11-24T12:00:00Z");

const mirrored = (at: string) => ({
  id: randomUUID(),
  workspaceId: "w",
  customerId: "c",
  versionAt: at,
  observedAt: at,
});

async function subscription(change: Partial<typeof subscriptions.$inferInsert> = {}) {
  await db()
    .insert(subscriptions)
    .values({
      ...mirrored("2026-11-01T00:00:00Z"),
      productId: "p",
      status: "active",
      amount: 1_900,
      currency: "usd",
      interval: "month",
      startedAt: "2026-11-01T00:00:00Z",
      currentPeriodStart: "2026-11-01T00:00:00Z",
      cancelAtPeriodEnd: false,
      ...change,
    });
}

async function order(placedAt: string, change: Partial<typeof orders.$inferInsert> = {}) {
  const amounts = { netAmount: 1_900, taxAmount: 361, totalAmount: 2_261, dueAmount: 2_261 };
  await db()
    .insert(orders)
    .values({
      ...mirrored(placedAt),
      ...amounts,
      status: "paid",
      billingReason: "purchase",
      description: "Pro",
      currency: "usd",
      refundedAmount: 0,
      refundedTaxAmount: 0,
      paid: true,
      placedAt,
      ...change,
    });
}

async function refund(at: string, amount: number, status = "succeeded") {
  await db()
    .insert(refunds)
    .values({
      ...mirrored(at),
      orderId: "o",
      status,
      reason: "other",
      amount,
      taxAmount: 100,
      currency: "usd",
      revokeBenefits: false,
    });
}

afterEach(async () => {
  for (const table of [subscriptions, orders, refunds]) await db().delete(table);
});

test("with nothing sold there is nothing, and no churn", async () => {
  const overview = await readOverview(now);
  expect(overview).toEqual({ recurring: [], revenue: [], churn: { live: 0, ended: 0, days: 30 } });
});

test("a year's price is a twelfth a month, and an ARR of itself", async () => {
  await subscription({ interval: "year", amount: 19_000 });
  const { recurring } = await readOverview(now);
  expect(recurring).toMatchObject([{ currency: "usd", mrr: 1_583, arr: 19_000, paying: 1 }]);
});

test("MRR is what live paid subscriptions renew for, each currency by itself", async () => {
  await subscription();
  await subscription({ amount: 950, discountBasisPoints: 5_000, discountDuration: "forever" });
  await subscription({ interval: "year", amount: 19_000 });
  await subscription({ status: "past_due", amount: 7_900 });
  await subscription({ cancelAtPeriodEnd: true, amount: 1_000, endsAt: "2026-12-01T00:00:00Z" });
  await subscription({ interval: "week", amount: 300 });
  await subscription({ currency: "eur", amount: 1_700 });
  for (const status of ["paused", "unpaid", "canceled", "incomplete", "incomplete_expired"])
    await subscription({ status });
  await subscription({ deletedAt: "2026-11-02T00:00:00Z" });
  await subscription({ status: "trialing", amount: 1_900 });
  await subscription({ status: "trialing", amount: 1_900, cancelAtPeriodEnd: true });
  const { recurring } = await readOverview(now);
  // 1900 + 950 + 19000/12 + 7900 + 1000 + 300 * 52/12
  expect(recurring).toEqual([
    {
      currency: "eur",
      mrr: 1_700,
      arr: 20_400,
      paying: 1,
      pastDue: 0,
      ending: 0,
      endingMrr: 0,
      trialing: 0,
      trialMrr: 0,
    },
    {
      currency: "usd",
      mrr: 14_633,
      arr: 175_600,
      paying: 6,
      pastDue: 1,
      ending: 1,
      endingMrr: 1_000,
      trialing: 2,
      trialMrr: 1_900,
    },
  ]);
});

test("revenue is paid orders without tax, by month in UTC, with credit and refunds apart", async () => {
  await order("2026-11-01T00:00:00.000000Z");
  await order("2026-11-24T10:00:00.123456Z", { status: "refunded" });
  await order("2026-10-31T23:59:59.999999Z");
  await order("2026-11-10T10:00:00Z", { paid: false });
  await order("2026-11-10T10:00:00Z", { netAmount: -500, taxAmount: -95, totalAmount: -595 });
  await order("2025-12-01T00:00:00Z", { currency: "eur" });
  await order("2025-11-30T23:59:59Z");
  await refund("2026-11-20T10:00:00Z", 400);
  await refund("2026-11-20T10:00:00Z", 500, "pending");
  const { revenue } = await readOverview(now);
  expect(revenue.map(({ currency, months }) => [currency, months.length])).toEqual([
    ["eur", 12],
    ["usd", 12],
  ]);
  expect(revenue[0]?.months[0]).toMatchObject({
    month: new Date("2025-12-01T00:00:00Z"),
    revenue: 1_900,
  });
  const usd = revenue[1]?.months ?? [];
  expect(usd.at(-1)).toEqual({
    month: new Date("2026-11-01T00:00:00Z"),
    revenue: 3_800,
    credited: 500,
    refunded: 400,
  });
  expect(usd.at(-2)?.revenue).toBe(1_900);
  expect(usd.slice(0, -2).every((month) => month.revenue === 0)).toBe(true);
});

test("churn is what the alert goes by", async () => {
  const long = new Date(Date.now() - 90 * 86_400_000).toISOString();
  const lately = new Date(Date.now() - 86_400_000).toISOString();
  await subscription({ startedAt: long });
  await subscription({ startedAt: long, endedAt: lately, status: "canceled" });
  await subscription({ startedAt: lately });
  expect((await readOverview(now)).churn).toEqual({ live: 2, ended: 1, days: 30 });
});
