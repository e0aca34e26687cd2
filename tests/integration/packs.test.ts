import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { subscriptions } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { balanceOf } from "@/lib/usage/balance";
import { countUsage } from "@/lib/usage/count";
import { flushUsage } from "@/lib/usage/flush";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";
import { use as spendUnits } from "../support/use";

const shop = ownShop();

const use = (who: Viewer, units: number) => spendUnits(who.workspaceId, units);
const pass = async (days: number) => {
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: days * 86_400 });
  await shop.buyer.settle();
};
async function end(who: Viewer): Promise<void> {
  const [stored] = await db()
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.workspaceId, who.workspaceId));
  await polar().subscriptions.revoke(stored?.id ?? "");
}
async function remaining(who: Viewer): Promise<number> {
  await flushUsage();
  await shop.buyer.settle();
  await pullWorkspace(who.workspaceId);
  const entitlement = await readEntitlement(db(), who.workspaceId);
  return balanceOf(entitlement, await countUsage(db(), who.workspaceId, entitlement)).remaining;
}

test("the end of a plan leaves a pack that its allowance has spared", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "pro-monthly");
  expect(await remaining(who)).toBe(6000);
  expect(await use(who, 3001)).toEqual({ ok: true, remaining: 2999 });
  expect(await remaining(who)).toBe(2999);
  await end(who);
  expect(await remaining(who)).toBe(1050);
});

test("and takes of the pack what went beyond the allowance", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "pro-monthly");
  expect(await remaining(who)).toBe(6000);
  await use(who, 5400);
  expect(await remaining(who)).toBe(600);
  await end(who);
  expect(await remaining(who)).toBe(650);
});

test("of two packs one is paid back: the other is left", async () => {
  const who = await viewer();
  const first = await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "pack-1000");
  expect(await remaining(who)).toBe(2050);
  const [order] = (await polar().orders.list({ checkout_id: first })).items;
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 1000,
  });
  expect(await remaining(who)).toBe(1050);
});

test.each([
  ["on the free plan", null],
  ["after the window of a plan in which it was used", "business-monthly"],
] as const)(
  "a pack that was used and then paid back is no debt of the next one: %s",
  async (_, plan) => {
    const who = await viewer();
    const first = await shop.buyer.buy(who, "pack-1000");
    if (plan) await shop.buyer.buy(who, plan);
    await remaining(who);
    await use(who, plan ? 51_000 : 1050);
    await flushUsage();
    if (plan) await pass(32);
    await remaining(who);
    const [order] = (await polar().orders.list({ checkout_id: first })).items;
    await shop.world.call("POST", "/v1/refunds/", {
      order_id: order?.id,
      reason: "customer_request",
      amount: 1000,
    });
    const left = plan ? 50_000 : 0;
    expect(await remaining(who)).toBe(left);
    await shop.buyer.buy(who, "pack-1000");
    expect(await remaining(who)).toBe(left + 1000);
    expect(await remaining(who)).toBe(left + 1000);
  },
);

test("a second pack can be used although Polar's meter has not heard of it yet", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await pullWorkspace(who.workspaceId);
  await use(who, 1050);
  expect(await remaining(who)).toBe(0);
  expect(await use(who, 1)).toMatchObject({ ok: false, reason: "allowance" });
  await shop.buyer.buy(who, "pack-1000");
  await pullWorkspace(who.workspaceId);
  expect(await use(who, 1)).toEqual({ ok: true, remaining: 999 });
});

test("a missed payment stops the plan after its grace, but not a pack", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "pro-monthly");
  await pullWorkspace(who.workspaceId);
  await db()
    .update(subscriptions)
    .set({ status: "past_due", pastDueAt: new Date(Date.now() - 10 * 86_400_000).toISOString() })
    .where(eq(subscriptions.workspaceId, who.workspaceId));
  expect(await use(who, 1)).toEqual({ ok: true, remaining: 999 });
  expect(await use(who, 1000)).toEqual({ ok: false, reason: "read_only", remaining: 999 });
});

test("a pack keeps the size that it was sold with when the catalog changes it", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  expect(await remaining(who)).toBe(1050);
  const { items } = await polar().benefits.list({ limit: 100 });
  const benefit = items.find(({ metadata }) => metadata.catalog_key === "credits-pack-1000");
  if (benefit?.type !== "meter_credit") throw new Error("The pack gives no credits.");
  const resize = async (units: number) => {
    await polar().benefits.update(benefit.id, {
      type: "meter_credit",
      properties: { ...benefit.properties, units },
    });
    // The grants stay as they were, so only a later reading of them counts.
    await pass(1 / 1440);
  };
  await resize(100);
  expect(await remaining(who)).toBe(1050);
  await shop.buyer.buy(who, "pack-1000");
  expect(await remaining(who)).toBe(1150);
  await resize(1000);
});

test("a pack outlives a renewal that failed and was paid after all, though Polar has lost its credit", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await shop.buyer.buy(who, "pack-1000");
  const { id } = await polar().customers.getExternal(who.workspaceId);
  const payWith = (number: string) =>
    shop.world.call("PUT", `/_emulator/customers/${id}/card`, { number });
  const orders = async () =>
    (await polar().orders.list({ external_customer_id: who.workspaceId, limit: 100 })).items;

  await payWith("4000000000000341");
  await pass(32);
  await payWith("4242424242424242");
  await pass(8);
  const [meter] = (await polar().customerMeters.list({ external_customer_id: who.workspaceId }))
    .items;
  expect(meter?.credited_units).toBe(50_000);
  expect(await remaining(who)).toBe(51_000);

  expect(await use(who, 50_600)).toEqual({ ok: true, remaining: 400 });
  expect(await use(who, 300)).toEqual({ ok: true, remaining: 100 });
  expect(await remaining(who)).toBe(100);
  const known = new Set((await orders()).map((order) => order.id));
  await pass(30);
  const renewals = (await orders()).filter((order) => !known.has(order.id));
  expect(renewals.map((order) => order.net_amount)).toEqual([7_900]);
  expect(await remaining(who)).toBe(50_100);
});

test("a pack on a plan is carried over its renewal, whole when the allowance was enough", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "business-monthly");
  expect(await remaining(who)).toBe(51_000);
  await use(who, 40_000);
  expect(await remaining(who)).toBe(11_000);
  await pass(32);
  expect(await remaining(who)).toBe(51_000);
  expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
    plan: "business",
    monthlyUnits: 50_000,
    extraUnits: 1000,
  });
});

test("a yearly plan has its allowance anew in each of its meter's months", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "business-yearly");
  expect(await remaining(who)).toBe(50_000);
  const windows: (string | undefined)[] = [];
  for (let month = 0; month < 3; month++) {
    const { product, meterWindow, currentPeriodEnd } = await readEntitlement(db(), who.workspaceId);
    expect(product).toBe("business-yearly");
    expect(meterWindow.end?.getTime()).toBeLessThan(currentPeriodEnd?.getTime() ?? 0);
    windows.push(meterWindow.start.toISOString());
    await pass(31);
    expect(await remaining(who)).toBe(50_000);
  }
  expect(new Set(windows).size).toBe(3);
});

async function includedInNext(who: Viewer): Promise<[included: number, creditedAtPolar: number]> {
  await remaining(who);
  const entitlement = await readEntitlement(db(), who.workspaceId);
  const { included } = balanceOf(entitlement, await countUsage(db(), who.workspaceId, entitlement));
  const { items } = await polar().customerMeters.list({ external_customer_id: who.workspaceId });
  return [included, items[0]?.credited_units ?? 0];
}

test("a pack that is bought after overage has paid for it, and is not there in the next period", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await remaining(who);
  expect(await use(who, 50_700)).toMatchObject({ ok: true });
  expect(await remaining(who)).toBe(0);
  await shop.buyer.buy(who, "pack-1000");
  expect(await remaining(who)).toBe(300);
  await pass(32);
  expect(await includedInNext(who)).toEqual([50_300, 50_300]);
  await end(who);
  expect(await remaining(who)).toBe(350);
});

test("use that Polar takes in the next period gives back the pack units that it has taken", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "business-monthly");
  await remaining(who);
  await use(who, 50_000);
  expect(await remaining(who)).toBe(1_000);
  expect(await use(who, 400)).toEqual({ ok: true, remaining: 600 });
  await pass(32);
  expect(await includedInNext(who)).toEqual([51_000, 51_000]);
  expect(await remaining(who)).toBe(50_600);
  await end(who);
  expect(await remaining(who)).toBe(1_050);
});
