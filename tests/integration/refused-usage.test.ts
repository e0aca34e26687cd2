import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { meter, type ProductKey } from "@/lib/billing/catalog";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { flushUsage } from "@/lib/usage/flush";
import { listRefusedUses, resendRefusedUses } from "@/lib/usage/refused";
import { setSpendingCap } from "@/lib/usage/spending-cap";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";
import { use } from "../support/use";

const shop = ownShop();

async function buyerOf(...products: ProductKey[]): Promise<Viewer> {
  const who = await viewer();
  for (const product of products) await shop.buyer.buy(who, product);
  await pullWorkspace(who.workspaceId);
  return who;
}

/** So many units are used, and Polar refuses them until the cause, a name that is too long, is mended. */
async function refused({ workspaceId }: Viewer, units: number): Promise<string> {
  const key = randomUUID();
  await use(workspaceId, units, key);
  const mine = and(eq(usageEvents.workspaceId, workspaceId), eq(usageEvents.idempotencyKey, key));
  await db()
    .update(usageEvents)
    .set({ name: "x".repeat(200) })
    .where(mine);
  await flushUsage();
  const [row] = await db().update(usageEvents).set({ name: meter.event }).where(mine).returning();
  expect(row?.rejectedReason).toContain("128");
  return row?.id ?? "";
}

async function meterOf({ workspaceId }: Viewer): Promise<number> {
  await shop.buyer.settle();
  const { items } = await polar().customerMeters.list({ external_customer_id: workspaceId });
  return items[0]?.consumed_units ?? 0;
}

test("what was refused is told with its reason, counts nowhere, and counts once when it is sent again", async () => {
  const who = await buyerOf("business-monthly");
  const id = await refused(who, 3);
  expect((await listRefusedUses()).find((each) => each.id === id)).toMatchObject({
    workspaceId: who.workspaceId,
    units: 3,
  });
  expect(await meterOf(who)).toBe(0);
  expect(await resendRefusedUses(id)).toBe(1);
  expect(await resendRefusedUses(id)).toBe(0);
  await flushUsage();
  expect(await meterOf(who)).toBe(3);
});

test("sent again, it takes the room that is left and charges for nothing beyond a trial or a spending cap", async () => {
  const trial = await buyerOf("pro-monthly");
  const capped = await buyerOf("business-monthly");
  await setSpendingCap(capped.workspaceId, capped.userId, 0);
  const ids = [await refused(trial, 1_000), await refused(capped, 10_000)];
  expect(await use(trial.workspaceId, 4_900)).toMatchObject({ ok: true });
  expect(await use(capped.workspaceId, 50_000)).toMatchObject({ ok: true });
  for (const id of ids) expect(await resendRefusedUses(id)).toBe(1);
  await flushUsage();
  expect([await meterOf(trial), await meterOf(capped)]).toEqual([5_000, 50_000]);
  const kept = async (id: string) =>
    (await db().select().from(usageEvents).where(eq(usageEvents.id, id)))[0]?.keptUnits;
  expect([await kept(ids[0] ?? ""), await kept(ids[1] ?? "")]).toEqual([900, 10_000]);
});

test("sent again, it takes no pack units that were given away meanwhile", async () => {
  const who = await buyerOf("pack-1000");
  const id = await refused(who, 600);
  expect(await use(who.workspaceId, 1_050)).toEqual({ ok: true, remaining: 0 });
  await resendRefusedUses(id);
  await flushUsage();
  expect(await meterOf(who)).toBe(1_000);
  await shop.buyer.buy(who, "pack-1000");
  await pullWorkspace(who.workspaceId);
  expect(await use(who.workspaceId, 1)).toEqual({ ok: true, remaining: 999 });
});
