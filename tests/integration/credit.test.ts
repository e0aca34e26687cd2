import { render, toPlainText } from "@react-email/render";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { emails } from "@/db/schema";
import { findManaged } from "@/lib/billing/changes/managed";
import { changeSubscription } from "@/lib/billing/changes/perform";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { formatMoney } from "@/lib/billing/money";
import { listOrders } from "@/lib/billing/orders";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { type EmailProps, writeMessage } from "@/lib/email/messages";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";
import { envelope, order, signed } from "../support/webhooks";

const shop = ownShop();
const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";

/** The text of the mail that confirms an order, in one line. */
async function mailAbout(orderId: string | undefined): Promise<string> {
  const key = `order-confirmation:${orderId}`;
  const [mail] = await db().select().from(emails).where(eq(emails.key, key));
  const props = mail?.props as EmailProps["order-confirmation"];
  const { body } = writeMessage("order-confirmation", props, mail?.recipient ?? "");
  return toPlainText(await render(body)).replaceAll(/\s+/g, " ");
}

test("an order that credit pays says what was charged, in the mail and among the orders", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pro-yearly");
  const [bought] = (await polar().subscriptions.list({ external_customer_id: who.workspaceId }))
    .items;
  const id = bought?.id ?? "";
  await polar().subscriptions.update(id, { trial_end: "now" });
  await shop.buyer.settle();
  await pullWorkspace(who.workspaceId);
  const before = await findManaged(db(), who.workspaceId);
  const change = { action: "change_plan", product: "business-monthly" } as const;
  expect(await changeSubscription(who, change, before?.seen ?? "")).toEqual({
    done: "plan_changed",
  });
  for (const _ of [1, 2]) {
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 31 * 86_400 });
    await shop.buyer.settle();
  }
  await pullWorkspace(who.workspaceId);
  const renewals = (await polar().orders.list({ external_customer_id: who.workspaceId })).items
    .filter((each) => each.billing_reason === "subscription_cycle" && each.total_amount === 7900)
    .reverse();
  expect(renewals).toMatchObject([{ applied_balance_amount: -7900, due_amount: 0 }, {}]);
  const { applied_balance_amount: applied = 0, due_amount: due = 0 } = renewals[1] ?? {};
  expect(7900 + applied).toBe(due);
  expect(due).toBeGreaterThan(0);
  expect(applied).toBeLessThan(0);

  const whole = await mailAbout(renewals[0]?.id);
  expect(whole).toContain("Your credit has paid for it, and your plan goes on");
  expect(whole).toContain("$79 came from your credit; nothing was charged.");
  const part = await mailAbout(renewals[1]?.id);
  expect(part).toContain("Your payment has arrived, and your plan goes on");
  expect(part).toContain(
    `${formatMoney(-applied, "usd")} of it came from your credit; ${formatMoney(due, "usd")} was charged.`,
  );
  const listed = new Map((await listOrders(who.workspaceId)).map((each) => [each.id, each]));
  expect(renewals.map((each) => listed.get(each.id)?.fromCredit)).toEqual([7900, -applied]);
});

test("what was open from before and is charged along is named", async () => {
  const who = await viewer();
  const paid = order(who.workspaceId, { applied_balance_amount: 30, due_amount: 1930 });
  const body = envelope("order.paid", paid);
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  expect(await applyWebhook(receipt.id)).toBe("applied");
  expect(await mailAbout(paid.id)).toContain(
    "With $0.30 that was open from before, $19.30 was charged.",
  );
});
