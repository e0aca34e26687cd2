import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { auditLog, emails, refunds, webhookInbox } from "@/db/schema";
import { storePulled } from "@/lib/billing/mirror/pull";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { person } from "../support/people";
import { envelope, order, refund, signed, subscription } from "../support/webhooks";

afterAll(closeDb);

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
const at = (index: number) => `2026-11-01T10:00:01.${String(index).padStart(6, "0")}Z`;
const several = Array.from({ length: 8 }, (_, index) => index);

async function receive(type: string, data: unknown): Promise<string> {
  const body = envelope(type, data);
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  return receipt.id;
}

test("a webhook that several processes take up at once is applied by one of them", async () => {
  for (let round = 0; round < 5; round++) {
    const id = await receive("subscription.active", subscription(randomUUID()));
    const outcomes = await Promise.all(several.map(() => applyWebhook(id)));
    expect(outcomes.filter((outcome) => outcome !== null)).toEqual(["applied"]);
    const [row] = await db().select().from(webhookInbox).where(eq(webhookInbox.webhookId, id));
    expect(row).toMatchObject({ status: "applied", attempts: 1 });
  }
});

test("an object that is first seen by several at once is seen once, and each change noted after the last", async () => {
  for (const workspaceId of [null, randomUUID()]) {
    const data = subscription(randomUUID(), { customer: { external_id: workspaceId } });
    await Promise.all(
      several.map((index) =>
        storePulled("subscription", { ...data, amount: index + 1 }, at(index), "test"),
      ),
    );
    const noted = await db()
      .select({ action: auditLog.action, before: auditLog.before, after: auditLog.after })
      .from(auditLog)
      .where(eq(auditLog.objectId, data.id))
      .orderBy(auditLog.id);
    let last: unknown = null;
    for (const { action, before, after } of noted) {
      expect(action).toBe(last === null ? "subscription.seen" : "subscription.changed");
      expect(before).toEqual(last === null ? null : { amount: last });
      last = (after as { amount: number }).amount;
    }
    expect(last).toBe(several.length);
  }
});

test("an order and its refunds that come at once find each other, and each is told of once", async () => {
  for (let round = 0; round < 8; round++) {
    const who = await person();
    const paid = order(who.id);
    const back = several.slice(0, 4).map(() => refund(paid.id, { amount: 100 }));
    const ids = await Promise.all([
      ...back.map((one) => receive("refund.created", one)),
      receive("order.paid", paid),
    ]);
    await Promise.all(ids.map((id) => applyWebhook(id)));
    const stored = await db()
      .select({ id: refunds.id })
      .from(refunds)
      .where(
        and(
          eq(refunds.workspaceId, who.id),
          inArray(
            refunds.id,
            back.map(({ id }) => id),
          ),
        ),
      );
    expect(stored).toHaveLength(back.length);
    const mails = await db().select().from(emails).where(eq(emails.workspaceId, who.id));
    expect(mails.map(({ key }) => key).sort()).toEqual(
      [`order-confirmation:${paid.id}`, ...back.map(({ id }) => `refund:${id}`)].sort(),
    );
  }
});
