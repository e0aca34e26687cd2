import { render } from "@react-email/render";
import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { auditLog, emails, orders, refunds } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { type EmailProps, writeMessage } from "@/lib/email/messages";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { tell } from "../support/deliver";
import { ownShop } from "../support/shop";
import { order, refund } from "../support/webhooks";

const shop = ownShop();

const mailsOf = (who: Viewer) =>
  db().select().from(emails).where(eq(emails.workspaceId, who.workspaceId)).orderBy(emails.key);

async function giveBack(orderId: string, amount: number, more: object = {}): Promise<void> {
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: orderId,
    reason: "customer_request",
    amount,
    ...more,
  });
  await shop.buyer.settle();
}

describe("refunds", () => {
  test("each is mirrored and told of once, a part leaves the pack and the whole takes it", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "pack-1000");
    await shop.buyer.buy(who, "pack-1000");
    await pullWorkspace(who.workspaceId);
    const [first] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
    const extra = async () => {
      await pullWorkspace(who.workspaceId);
      return (await readEntitlement(db(), who.workspaceId)).extraUnits;
    };
    await giveBack(first?.id ?? "", 400);
    expect(await extra()).toBe(2000);
    await giveBack(first?.id ?? "", 600);
    expect(await extra()).toBe(1000);
    expect(await extra()).toBe(1000);

    const told = (await mailsOf(who)).filter(({ template }) => template === "refund");
    expect(told.map(({ props }) => props)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ amount: "$4", total: "$10", isPartial: true }),
        expect.objectContaining({ amount: "$6", total: "$10", isPartial: true }),
      ]),
    );
    expect(told).toHaveLength(2);
    const [stored] = await db()
      .select()
      .from(orders)
      .where(eq(orders.id, first?.id ?? ""));
    expect(stored).toMatchObject({
      status: "refunded",
      netAmount: 1000,
      totalAmount: 1000,
      refundedAmount: 1000,
    });
  });

  test("one of a part takes the pack if Polar was asked to revoke it", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "pack-1000");
    const [bought] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
    await giveBack(bought?.id ?? "", 400, { revoke_benefits: true });
    await pullWorkspace(who.workspaceId);
    expect((await readEntitlement(db(), who.workspaceId)).extraUnits).toBe(0);
  });

  test("the whole of a subscription's order leaves the plan, says so, and the plan's end takes it", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "business-monthly");
    const [bought] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
    if (!bought?.subscription_id) throw new Error("There is no order of a subscription.");
    const entitlement = async () => {
      await pullWorkspace(who.workspaceId);
      return await readEntitlement(db(), who.workspaceId);
    };
    const before = await entitlement();
    expect(before).toMatchObject({ plan: "business", monthlyUnits: 50_000 });
    const whole = bought.net_amount;
    await expect(giveBack(bought.id, whole, { revoke_benefits: true })).rejects.toThrow("400");
    await giveBack(bought.id, whole);
    expect(await entitlement()).toEqual(before);
    const [stored] = await db().select().from(orders).where(eq(orders.id, bought.id));
    expect(stored?.status).toBe("refunded");

    const mail = (await mailsOf(who)).find(({ template }) => template === "refund");
    const { body } = writeMessage("refund", mail?.props as EmailProps["refund"], who.email);
    expect(await render(body)).toContain("A refund does not end a plan");

    await polar().subscriptions.revoke(bought.subscription_id);
    await shop.buyer.settle();
    expect(await entitlement()).toMatchObject({ plan: "free", status: "none", monthlyUnits: 50 });
  });

  test("one that comes before its order belongs to nobody until the order says whose it is", async () => {
    const who = await viewer();
    const paid = order(who.workspaceId, { status: "refunded", refunded_amount: 1900 });
    const back = refund(paid.id, { amount: 1900 });
    await tell("refund.created", back);
    const read = async () => (await db().select().from(refunds).where(eq(refunds.id, back.id)))[0];
    expect(await read()).toMatchObject({ workspaceId: null, amount: 1900, taxAmount: 0 });
    expect(await mailsOf(who)).toEqual([]);

    const source = await tell("order.refunded", paid);
    expect(await read()).toMatchObject({ workspaceId: who.workspaceId });
    expect((await mailsOf(who)).map(({ key }) => key).sort()).toEqual([
      `order-confirmation:${paid.id}`,
      `refund:${back.id}`,
    ]);
    const audited = await db()
      .select({ action: auditLog.action, webhookId: auditLog.webhookId, before: auditLog.before })
      .from(auditLog)
      .where(and(eq(auditLog.objectId, back.id), eq(auditLog.webhookId, source)));
    expect(audited).toEqual([
      { action: "refund.changed", webhookId: source, before: { workspaceId: null } },
    ]);
  });

  test("one that waits for the bank, or failed, is not told of until it has succeeded", async () => {
    const who = await viewer();
    const paid = order(who.workspaceId);
    const waiting = refund(paid.id, { status: "pending" });
    await tell("order.paid", paid);
    await tell("refund.created", waiting);
    await tell("refund.created", refund(paid.id, { status: "failed" }));
    const told = async () => (await mailsOf(who)).filter(({ template }) => template === "refund");
    expect(await told()).toEqual([]);
    const done = { ...waiting, status: "succeeded" };
    await tell("refund.updated", done, "2026-11-02T10:00:05.000000Z");
    await tell("refund.updated", done, "2026-11-02T10:00:05.000000Z");
    expect((await told()).map(({ key }) => key)).toEqual([`refund:${waiting.id}`]);
  });
});

test.each([
  ["purchase", "Your Northstar order"],
  ["subscription_create", "has begun"],
  ["subscription_cycle", "was renewed"],
  ["subscription_update", "was changed"],
  ["subscription_meter_cycle", "usage was charged"],
  ["something_new", "Your Northstar order"],
])(
  "the mail about a paid order of reason %s says so, with a link to its invoice",
  async (reason, words) => {
    const who = await viewer();
    const paid = order(who.workspaceId, { billing_reason: reason });
    await tell("order.paid", paid);
    await tell("order.updated", paid, "2026-11-01T10:00:09.000000Z");
    const [mail, ...more] = await mailsOf(who);
    expect(more).toEqual([]);
    const { subject, html } = await written(mail);
    expect(subject).toContain(words);
    expect(html).toContain(`${process.env.APP_URL}/billing/invoices/${paid.id}`);
  },
);

test("a downgrade's credit is called one", async () => {
  const who = await viewer();
  await tell(
    "order.paid",
    order(who.workspaceId, {
      billing_reason: "subscription_update",
      net_amount: -600,
      total_amount: -600,
    }),
  );
  const { html } = await written((await mailsOf(who))[0]);
  expect(html).toContain("a credit of $6");
});

async function written(mail: typeof emails.$inferSelect | undefined) {
  if (!mail) throw new Error("There is no mail.");
  const message = writeMessage("order-confirmation", mail.props as never, mail.recipient);
  return { subject: message.subject, html: await render(message.body) };
}
