import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { findProduct } from "@/lib/billing/catalog";
import { estimateChange } from "@/lib/billing/changes/estimate";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import {
  atPolar,
  change,
  changingShop,
  estimated,
  managed,
  ordersOf,
  planOf,
  to,
} from "../support/changes";

const day = 86_400;
const { shop, pass, subscriber, endTrial, subscriberWithCode, setCard } = changingShop();

describe("to more", () => {
  test.each([
    ["pro-monthly", "business-monthly", 11],
    ["pro-monthly", "pro-yearly", 3],
    ["pro-yearly", "business-yearly", 100],
    ["business-monthly", "business-yearly", 29],
  ] as const)(
    "from %s to %s after %i days: now, for what was estimated, to the cent",
    async (from, target, days) => {
      const who = await subscriber(from);
      await pass(days * day + 4_321);
      await pullWorkspace(who.workspaceId);
      const before = await managed(who);
      const known = new Set((await ordersOf(who)).map(({ id }) => id));
      expect(await change(who, to(target))).toEqual({ done: "plan_changed" });
      expect(await planOf(who)).toBe(target);

      await shop.buyer.settle();
      const [order] = (await ordersOf(who)).filter(({ id }) => !known.has(id));
      expect(order).toMatchObject({ billing_reason: "subscription_update", status: "paid" });
      const product = findProduct(target);
      if (!before.product || !product || !order) throw new Error("nothing to compare");
      const at = new Date(order.created_at);
      const current = { ...before, product: before.product };
      expect(estimateChange(current, product, product.amount, at)).toEqual({
        timing: "now",
        amount: order.net_amount,
        keepsTrial: false,
      });
    },
  );

  test("with a discount the estimate is right, too", async () => {
    for (const terms of [
      { type: "percentage", basis_points: 3_333 },
      { type: "fixed", amount: 555, currency: "usd" },
    ]) {
      const discount = await shop.world.call<{ id: string }>("POST", "/v1/discounts/", {
        name: "Odd",
        duration: "forever",
        ...terms,
      });
      const who = await subscriber("pro-monthly");
      const [at] = await atPolar(who);
      await polar().subscriptions.update(at?.id ?? "", { discount_id: discount.id });
      await pass(7 * day + 99);
      await pullWorkspace(who.workspaceId);
      const before = await managed(who);
      expect(await change(who, to("business-monthly"))).toEqual({ done: "plan_changed" });
      const order = (await ordersOf(who)).find((o) => o.billing_reason === "subscription_update");
      const product = findProduct("business-monthly");
      if (!before.product || !product || !order) throw new Error("nothing to compare");
      const current = { ...before, product: before.product };
      expect(
        estimateChange(current, product, product.amount, new Date(order.created_at)),
      ).toMatchObject({
        amount: order.net_amount,
      });
    }
  });

  test.each([
    ["pro-monthly", "business-monthly"],
    ["pro-monthly", "pro-yearly"],
  ] as const)(
    "a code that counts once counts for the period at hand: from %s to %s",
    async (from, target) => {
      const who = await subscriberWithCode(from, { duration: "once" });
      await endTrial(who);
      await pass(7 * day + 99);
      await pullWorkspace(who.workspaceId);
      const before = await managed(who);
      expect(await change(who, to(target))).toEqual({ done: "plan_changed" });
      const order = (await ordersOf(who)).find((o) => o.billing_reason === "subscription_update");
      expect(estimated(before, target, new Date(order?.created_at ?? ""))).toMatchObject({
        amount: order?.net_amount,
      });
    },
  );

  test("within a trial: a plan that has one costs nothing yet, one that has none ends it", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "pro-monthly");
    await pullWorkspace(who.workspaceId);
    expect(await change(who, to("pro-yearly"))).toEqual({ done: "plan_changed" });
    await shop.buyer.settle();
    expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
      status: "trialing",
      product: "pro-yearly",
    });
    expect((await ordersOf(who)).map(({ total_amount }) => total_amount)).toEqual([0]);
    expect(await change(who, to("business-monthly"))).toEqual({ done: "plan_changed" });
    await shop.buyer.settle();
    await pullWorkspace(who.workspaceId);
    expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
      status: "active",
      product: "business-monthly",
    });
    expect((await ordersOf(who)).map(({ total_amount }) => total_amount).sort()).toEqual([0, 7900]);
  });

  test("a card that fails leaves plan, access and orders as they were; then it can be done", async () => {
    const who = await subscriber("pro-monthly");
    await setCard(who, "4000000000000341");
    const before = { ...(await readEntitlement(db(), who.workspaceId)) };
    const orders = await ordersOf(who);
    expect(await change(who, to("business-monthly"))).toEqual({ failure: "payment_failed" });
    await shop.buyer.settle();
    await pullWorkspace(who.workspaceId);
    expect(await readEntitlement(db(), who.workspaceId)).toEqual(before);
    expect(await ordersOf(who)).toEqual(orders);
    await setCard(who, "4242424242424242");
    expect(await change(who, to("business-monthly"))).toEqual({ done: "plan_changed" });
  });

  test("the higher plan comes now although it costs less per period, as credit", async () => {
    const who = await subscriber("pro-yearly");
    expect(await change(who, to("business-monthly"))).toEqual({ done: "plan_changed" });
    await shop.buyer.settle();
    const order = (await ordersOf(who)).find((o) => o.billing_reason === "subscription_update");
    expect(order?.net_amount).toBeLessThan(0);
    expect(await planOf(who)).toBe("business-monthly");
  });
});
