import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { findProduct } from "@/lib/billing/catalog";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { change, changingShop, estimated, managed, ordersOf, planOf, to } from "../support/changes";
import { flushAll, use } from "../support/use";

const day = 86_400;
const { pass, subscriber, subscriberWithCode } = changingShop();

test("before a change at the period's end use stops at the allowance, because beyond it nothing is charged", async () => {
  const who = await subscriber("business-monthly");
  await pass(60);
  await pullWorkspace(who.workspaceId);
  const id = who.workspaceId;
  expect(await use(id, 50_500)).toMatchObject({ ok: true });
  await flushAll();
  expect(await change(who, to("pro-monthly"))).toEqual({ done: "plan_scheduled" });
  expect(await use(id, 1)).toEqual({ ok: false, reason: "allowance", remaining: 0 });
  expect(await readEntitlement(db(), id)).toMatchObject({
    overage: null,
    changesAtPeriodEnd: true,
  });
  expect(await change(who, { action: "keep_plan" })).toEqual({ done: "plan_kept" });
  expect(await use(id, 1)).toMatchObject({ ok: true });
  expect(await change(who, to("pro-monthly"))).toEqual({ done: "plan_scheduled" });
  await flushAll();
  await pass(32 * day);
  await pullWorkspace(id);
  expect(await planOf(who)).toBe("pro-monthly");
  const [renewal] = (await ordersOf(who)).filter(
    (order) => order.billing_reason === "subscription_cycle",
  );
  expect(renewal).toMatchObject({ subtotal_amount: 1_900 });
  expect(await use(id, 5_001)).toMatchObject({ ok: true });
});

describe("to less", () => {
  test.each([
    ["business-monthly", "pro-monthly", 32],
    ["pro-yearly", "pro-monthly", 367],
    ["business-monthly", "pro-yearly", 32],
  ] as const)(
    "from %s to %s: with the next period, undone until then, then done",
    async (from, target, days) => {
      const who = await subscriber(from);
      const orders = (await ordersOf(who)).length;
      expect(await change(who, to(target))).toEqual({ done: "plan_scheduled" });
      expect(await planOf(who)).toBe(from);
      const { pending, period } = await managed(who);
      expect(pending).toEqual({ product: target, appliesAt: period.end });

      expect(await change(who, { action: "keep_plan" })).toEqual({ done: "plan_kept" });
      expect((await managed(who)).pending).toBeNull();
      expect(await change(who, { action: "keep_plan" })).toEqual({ done: "plan_kept" });

      expect(await change(who, to(target))).toEqual({ done: "plan_scheduled" });
      expect(await ordersOf(who)).toHaveLength(orders);
      await pass(days * day);
      await pullWorkspace(who.workspaceId);
      expect(await planOf(who)).toBe(target);
      expect((await managed(who)).pending).toBeNull();
      const newest = (await ordersOf(who)).find((o) => o.billing_reason === "subscription_cycle");
      expect(newest?.net_amount).toBe(findProduct(target)?.amount);
    },
  );
});

describe("to less, with a code that will lapse or will not", () => {
  const once = { duration: "once" };
  const months = (duration_in_months: number) => ({ duration: "repeating", duration_in_months });
  test.each([
    ["business-monthly", "pro-monthly", once, [1900, 1900]],
    ["business-monthly", "pro-yearly", once, [19_000]],
    ["business-yearly", "pro-yearly", months(1), [19_000]],
    ["business-monthly", "pro-monthly", months(1), [1900, 1900]],
    ["business-monthly", "pro-monthly", months(2), [950, 1900]],
    ["business-yearly", "pro-yearly", months(13), [9500]],
    ["business-monthly", "pro-monthly", { duration: "forever" }, [950, 950]],
  ] as const)("from %s to %s, half off %j", async (from, target, terms, billed) => {
    const who = await subscriberWithCode(from, terms);
    const before = await managed(who);
    expect(await change(who, to(target))).toEqual({ done: "plan_scheduled" });
    for (const _ of billed) await pass((from.endsWith("yearly") ? 366 : 32) * day);
    const renewals = (await ordersOf(who))
      .filter((o) => o.billing_reason === "subscription_cycle")
      .map(({ net_amount }) => net_amount)
      .reverse();
    expect(renewals.slice(0, billed.length)).toEqual(billed);
    expect(estimated(before, target, new Date())).toMatchObject({
      amount: renewals[0],
      standing: terms.duration === "forever" ? renewals[0] : findProduct(target)?.amount,
    });
  });

  test("a code used in a trial begins with what is paid after it", async () => {
    const who = await subscriberWithCode("pro-yearly", once);
    const before = await managed(who);
    expect(before.status).toBe("trialing");
    expect(await change(who, to("pro-monthly"))).toEqual({ done: "plan_scheduled" });
    for (const _ of [1, 2]) await pass(32 * day);
    const paid = (await ordersOf(who)).map(({ net_amount }) => net_amount).reverse();
    expect(paid.slice(0, 3)).toEqual([0, 950, 1900]);
    expect(estimated(before, "pro-monthly", new Date())).toMatchObject({
      amount: 950,
      standing: 1900,
    });
  });
});
