import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, orders, refunds } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { listOrders } from "@/lib/billing/orders";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";

const shop = ownShop();
beforeAll(async () => {
  await shop.world.call("PUT", "/_emulator/taxes", { US: 10 });
});

async function giveBack(who: Viewer, order_id: string, amount: number): Promise<void> {
  await shop.world.call("POST", "/v1/refunds/", { order_id, reason: "customer_request", amount });
  await shop.buyer.settle();
  await pullWorkspace(who.workspaceId);
}

const mailsOf = async (who: Viewer, template: string) =>
  (await db().select().from(emails).where(eq(emails.workspaceId, who.workspaceId)))
    .filter((mail) => mail.template === template)
    .map(({ props }) => props);

test("tax is kept apart from the net amount, of an order and of what is given back, and shown with it", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await pullWorkspace(who.workspaceId);
  const stored = async () =>
    (await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId)))[0];
  expect(await stored()).toMatchObject({
    netAmount: 1000,
    taxAmount: 100,
    totalAmount: 1100,
    dueAmount: 1100,
    refundedAmount: 0,
    refundedTaxAmount: 0,
  });
  expect(await mailsOf(who, "order-confirmation")).toMatchObject([{ total: "$11" }]);

  const id = (await stored())?.id ?? "";
  await giveBack(who, id, 400);
  expect(await stored()).toMatchObject({
    status: "partially_refunded",
    refundedAmount: 400,
    refundedTaxAmount: 40,
  });
  const [back] = await db().select().from(refunds).where(eq(refunds.orderId, id));
  expect(back).toMatchObject({ amount: 400, taxAmount: 40 });
  expect(await mailsOf(who, "refund")).toMatchObject([
    { amount: "$4.40", total: "$11", isPartial: true },
  ]);
  expect(await listOrders(who.workspaceId)).toMatchObject([{ total: 1100, refunded: 440 }]);

  await giveBack(who, id, 600);
  expect(await stored()).toMatchObject({
    status: "refunded",
    refundedAmount: 1000,
    refundedTaxAmount: 100,
  });
  expect(await listOrders(who.workspaceId)).toMatchObject([{ total: 1100, refunded: 1100 }]);
});

test("a plan's renewal and its credit carry tax, too", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
  await shop.buyer.settle();
  await pullWorkspace(who.workspaceId);
  const ours = await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId));
  const { items } = await polar().orders.list({ external_customer_id: who.workspaceId });
  expect(ours.map(({ id, taxAmount, totalAmount }) => [id, taxAmount, totalAmount]).sort()).toEqual(
    items.map(({ id, tax_amount, total_amount }) => [id, tax_amount, total_amount]).sort(),
  );
  expect(ours.map(({ taxAmount }) => taxAmount)).toEqual([790, 790]);
});
