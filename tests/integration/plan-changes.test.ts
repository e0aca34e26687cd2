import { eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { subscriptionChanges } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { findProduct, type ProductKey } from "@/lib/billing/catalog";
import { estimateChange } from "@/lib/billing/changes/estimate";
import { findManaged, type ManagedSubscription } from "@/lib/billing/changes/managed";
import { changeSubscription } from "@/lib/billing/changes/perform";
import type { Change } from "@/lib/billing/changes/request";
import { startCheckout } from "@/lib/billing/checkout";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";
import { flushAll, use } from "../support/use";

const day = 86_400;
const shop = ownShop();

async function pass(seconds: number): Promise<void> {
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds });
  await shop.buyer.settle();
}

async function managed(who: Viewer): Promise<ManagedSubscription> {
  const found = await findManaged(db(), who.workspaceId);
  if (!found) throw new Error("There is no subscription.");
  return found;
}

/** Somebody with a paid plan that is not in its trial. */
async function subscriber(product: ProductKey): Promise<Viewer> {
  const who = await viewer();
  await shop.buyer.buy(who, product);
  await endTrial(who);
  return who;
}

async function endTrial(who: Viewer): Promise<void> {
  const [subscription] = await atPolar(who);
  if (subscription?.status === "trialing") {
    await polar().subscriptions.update(subscription.id, { trial_end: "now" });
    await shop.buyer.settle();
  }
  await pullWorkspace(who.workspaceId);
}

let codes = 0;

/** Somebody who bought with a code for half the price. */
async function subscriberWithCode(product: ProductKey, terms: object): Promise<Viewer> {
  const code = `HALF${++codes}`;
  const half = { name: "Half", code, type: "percentage", basis_points: 5_000, ...terms };
  await shop.world.call("POST", "/v1/discounts/", half);
  const who = await viewer();
  const started = await startCheckout(who, product, {}, { code });
  if (!("url" in started)) throw new Error(started.failure);
  await shop.buyer.pay(started.url.split("/").at(-1) ?? "");
  await pullWorkspace(who.workspaceId);
  return who;
}

function estimated(before: ManagedSubscription, target: ProductKey, at: Date) {
  const product = findProduct(target);
  if (!before.product || !product) throw new Error("nothing to compare");
  return estimateChange({ ...before, product: before.product }, product, product.amount, at);
}

const atPolar = async (who: Viewer) =>
  (await polar().subscriptions.list({ external_customer_id: who.workspaceId })).items;
const ordersOf = async (who: Viewer) =>
  (await polar().orders.list({ external_customer_id: who.workspaceId, limit: 100 })).items;
const planOf = async (who: Viewer) => (await readEntitlement(db(), who.workspaceId)).product;

async function change(who: Viewer, wanted: Change, seen?: string) {
  return await changeSubscription(who, wanted, seen ?? (await managed(who)).seen);
}
const to = (product: ProductKey): Change => ({ action: "change_plan", product });

async function setCard(who: Viewer, number: string): Promise<void> {
  const customer = await polar().customers.getExternal(who.workspaceId);
  await shop.world.call("PUT", `/_emulator/customers/${customer.id}/card`, { number });
}

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

describe("end, pause and back", () => {
  test("cancel keeps access until the period's end and says why; uncancel takes it back", async () => {
    const who = await subscriber("business-monthly");
    const comment = "It was too much for me.";
    const cancel: Change = { action: "cancel", reason: "too_expensive", comment };
    expect(await change(who, cancel)).toEqual({ done: "canceled" });
    expect(await atPolar(who)).toMatchObject([
      {
        status: "active",
        cancel_at_period_end: true,
        customer_cancellation_reason: "too_expensive",
        customer_cancellation_comment: comment,
      },
    ]);
    expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
      plan: "business",
      cancelAtPeriodEnd: true,
    });
    expect(await change(who, to("pro-monthly"))).toEqual({ failure: "not_possible" });
    expect(await change(who, { action: "uncancel" })).toEqual({ done: "uncanceled" });
    expect((await readEntitlement(db(), who.workspaceId)).cancelAtPeriodEnd).toBe(false);
  });

  test("a pause begins with the period's end, gives nothing, and ends with a new paid period", async () => {
    const who = await subscriber("business-monthly");
    expect(await change(who, { action: "pause" })).toEqual({ done: "pause_scheduled" });
    expect(await change(who, { action: "keep_running" })).toEqual({ done: "pause_taken_back" });
    expect(await change(who, { action: "pause" })).toEqual({ done: "pause_scheduled" });
    expect(await planOf(who)).toBe("business-monthly");
    await pass(32 * day);
    await pullWorkspace(who.workspaceId);
    expect(await managed(who)).toMatchObject({ status: "paused" });
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
    const orders = (await ordersOf(who)).length;
    expect(await change(who, { action: "resume" })).toEqual({ done: "resumed" });
    await shop.buyer.settle();
    expect(await planOf(who)).toBe("business-monthly");
    expect(await ordersOf(who)).toHaveLength(orders + 1);
  });

  test("a paused subscription can be ended; nobody buys a second one beside it", async () => {
    const who = await subscriber("business-monthly");
    await change(who, { action: "pause" });
    await pass(32 * day);
    await pullWorkspace(who.workspaceId);
    await expect(shop.buyer.buy(who, "pro-monthly")).rejects.toThrow("already_subscribed");
    const cancel: Change = { action: "cancel", reason: null, comment: null };
    expect(await change(who, cancel)).toEqual({ done: "ended" });
    expect(await findManaged(db(), who.workspaceId)).toBeNull();
    await shop.buyer.buy(who, "pro-monthly");
    expect((await atPolar(who)).filter(({ status }) => status === "trialing")).toHaveLength(1);
  });
});

describe("one change at a time", () => {
  const changes = (who: Viewer) =>
    db()
      .select()
      .from(subscriptionChanges)
      .where(eq(subscriptionChanges.workspaceId, who.workspaceId));

  test("many clicks at once are one change and one invoice, and all are told that it is done", async () => {
    const who = await subscriber("pro-monthly");
    const { seen } = await managed(who);
    const results = await Promise.all(
      Array.from({ length: 6 }, () => change(who, to("business-monthly"), seen)),
    );
    expect(results).toEqual(Array.from({ length: 6 }, () => ({ done: "plan_changed" })));
    await shop.buyer.settle();
    const orders = await ordersOf(who);
    expect(orders.filter((o) => o.billing_reason === "subscription_update")).toHaveLength(1);
    const outcomes = (await changes(who)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([
      "already",
      "already",
      "already",
      "already",
      "already",
      "plan_changed",
    ]);
  });

  test("of two tabs that want different things one is done, the other told to look again", async () => {
    const who = await subscriber("pro-monthly");
    const { seen } = await managed(who);
    const results = await Promise.all([
      change(who, to("business-monthly"), seen),
      change(who, to("pro-yearly"), seen),
      change(who, { action: "cancel", reason: null, comment: null }, seen),
    ]);
    expect(results.filter((result) => "done" in result)).toHaveLength(1);
    expect(results.filter((result) => "failure" in result)).toEqual([
      { failure: "changed_meanwhile" },
      { failure: "changed_meanwhile" },
    ]);
  });

  test("what was changed in the portal meanwhile is seen although no webhook has come", async () => {
    const who = await subscriber("business-monthly");
    const { seen } = await managed(who);
    const [subscription] = await atPolar(who);
    await polar().subscriptions.update(subscription?.id ?? "", { cancel_at_period_end: true });
    expect(await change(who, { action: "pause" }, seen)).toEqual({ failure: "changed_meanwhile" });
    expect((await readEntitlement(db(), who.workspaceId)).cancelAtPeriodEnd).toBe(true);
  });

  test("a change whose maker died is given up, so that the next one can be made", async () => {
    const who = await subscriber("business-monthly");
    const { workspaceId, userId } = who;
    const createdAt = new Date(Date.now() - 180_000);
    await db()
      .insert(subscriptionChanges)
      .values({ workspaceId, userId, action: "resume", createdAt });
    expect(await change(who, { action: "pause" })).toEqual({ done: "pause_scheduled" });
  });
});

test("an answer of Polar that is lost is told so; asked again, it is done and not done twice", async () => {
  const who = await subscriber("pro-monthly");
  const { seen } = await managed(who);
  const send = globalThis.fetch;
  const network = vi.spyOn(globalThis, "fetch").mockImplementation(async (...request) => {
    const response = await send(...request);
    if (request[1]?.method === "PATCH") throw new TypeError("fetch failed");
    return response;
  });
  const first = await change(who, to("business-monthly"), seen);
  network.mockRestore();
  expect(first).toEqual({ failure: "change_unconfirmed" });
  expect(await change(who, to("business-monthly"), seen)).toEqual({ done: "plan_changed" });
  const orders = await ordersOf(who);
  expect(orders.filter((o) => o.billing_reason === "subscription_update")).toHaveLength(1);
});

test("after a change, and after one of which nothing is known, the workspace is pulled: webhooks may be lost", async () => {
  const who = await subscriber("pro-monthly");
  const asked = async () => {
    const jobs = await db().execute(
      sql`select graphile_worker.remove_job(key) from graphile_worker.jobs where key = ${`pull:${who.workspaceId}`}`,
    );
    return jobs.length;
  };
  await asked();
  expect(await change(who, to("business-monthly"))).toEqual({ done: "plan_changed" });
  expect(await asked()).toBe(1);
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await change(who, { action: "pause" })).toEqual({ failure: "change_unconfirmed" });
  await shop.buyer.faults();
  expect(await asked()).toBe(1);
});

test("with Polar away nothing is changed, and the person is told", async () => {
  const who = await subscriber("business-monthly");
  const { seen } = await managed(who);
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await change(who, { action: "pause" }, seen)).toEqual({ failure: "change_unconfirmed" });
  await shop.buyer.faults();
  expect(await change(who, { action: "pause" }, seen)).toEqual({ done: "pause_scheduled" });
});

test("who has no subscription, and who asks for what there is not, is told so", async () => {
  const nobody = await viewer();
  expect(await change(nobody, to("pro-monthly"), "x")).toEqual({ failure: "no_subscription" });
  const who = await subscriber("business-monthly");
  for (const product of ["pack-1000", "nothing"])
    expect(await change(who, { action: "change_plan", product })).toEqual({
      failure: "unknown_product",
    });
});
