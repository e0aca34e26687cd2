import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import {
  accountDeletions,
  auditLog,
  emails,
  orders,
  sideEffects,
  subscriptions,
  webhookInbox,
} from "@/db/schema";
import { deleteAccounts } from "@/lib/account/deletion/perform";
import { purgeForgotten } from "@/lib/account/deletion/purge";
import { requestDeletion } from "@/lib/account/deletion/request";
import type { Viewer } from "@/lib/auth";
import { ensureCustomer } from "@/lib/billing/customer";
import { readEntitlement } from "@/lib/billing/entitlements";
import { importCustomers } from "@/lib/billing/import";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { mirrored } from "@/lib/billing/mirror/rows";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { tablesWith } from "../support/forgotten";
import { toldShop } from "../support/shop";
import { envelope, signed } from "../support/webhooks";

const shop = toldShop();

let who: Viewer;
/** Every webhook of the account's life, as Polar sent it. */
let told: { type: string; body: string }[];
let customerId: string;

/** Delivers a body for the first time, under an id of its own, and applies it. */
async function deliver(body: string): Promise<string> {
  const headers = signed(body, process.env.POLAR_WEBHOOK_SECRET ?? "");
  const receipt = await receiveWebhook(body, new Headers(headers));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  await applyWebhook(receipt.id);
  return receipt.id;
}

/** Everything that is stored of the workspace, and what was ever done once; not when it was last told. */
async function storedOf(workspaceId: string) {
  const rows: Record<string, unknown> = {};
  for (const [kind, { table }] of Object.entries(mirrored)) {
    const found = await db()
      .select()
      .from(table as typeof subscriptions)
      .where(eq(table.workspaceId, workspaceId))
      .orderBy(table.id);
    rows[kind] = found.map(({ syncedAt: _, ...row }) => row);
  }
  return {
    rows,
    audit: await db().select().from(auditLog).where(eq(auditLog.workspaceId, workspaceId)),
    effects: await db().select().from(sideEffects).orderBy(sideEffects.key),
    mails: await db().select().from(emails).orderBy(emails.id),
  };
}

const deletion = async () => {
  const [row] = await db()
    .select()
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, who.workspaceId));
  return row;
};

async function heldBodies() {
  return await db()
    .select({ type: webhookInbox.type })
    .from(webhookInbox)
    .where(and(eq(webhookInbox.customerId, customerId), isNotNull(webhookInbox.body)));
}

beforeAll(async () => {
  who = await viewer();
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, "business-monthly");
  await shop.settled();
  const mine = { external_customer_id: who.workspaceId };
  const [order] = (await polar().orders.list(mine)).items;
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 500,
  });
  customerId = (await polar().customers.getExternal(who.workspaceId)).id;
  await polar().customers.update(customerId, { name: "Ada L." });
  await shop.settled();
  told = (
    await db().select().from(webhookInbox).where(eq(webhookInbox.customerId, customerId))
  ).flatMap(({ type, body }) => (body ? [{ type, body }] : []));
  expect(await requestDeletion(who, who.email)).toBe("deleted");
  await shop.settled();
  await db().delete(emails).where(eq(emails.template, "account-deleted"));
  await reconcile();
});

test("late webhooks of every kind, delivered for the first time, bring nothing back", async () => {
  const before = await storedOf(who.workspaceId);
  const kinds = new Set(told.map(({ type }) => type.split(".")[0]));
  expect([...kinds].sort()).toEqual([
    "benefit_grant",
    "checkout",
    "customer",
    "order",
    "refund",
    "subscription",
  ]);
  for (const { body } of told) await deliver(body);
  for (const { body } of told.toReversed()) await deliver(body);
  await deliver(
    envelope("member.updated", { id: randomUUID(), customer_id: customerId, email: who.email }),
  );
  const late = envelope("customer.updated", {
    id: randomUUID(),
    created_at: "2026-11-01T10:00:00Z",
    modified_at: null,
    external_id: who.workspaceId,
    email: who.email,
    deleted_at: null,
  });
  await deliver(late);

  expect(await storedOf(who.workspaceId)).toEqual(before);
  expect(await heldBodies()).toEqual([]);
  expect(await tablesWith(who.email, "Ada L")).toEqual([]);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
  const states = await db()
    .select({ status: webhookInbox.status })
    .from(webhookInbox)
    .where(eq(webhookInbox.customerId, customerId))
    .groupBy(webhookInbox.status);
  expect(states.map(({ status }) => status).sort()).toEqual(["applied", "ignored"]);
});

test("a webhook that says it is alive has Polar asked once more, which says that it is not", async () => {
  expect((await deletion())?.polarEndedAt).toBeNull();
  await deleteAccounts();
  expect((await deletion())?.polarEndedAt).not.toBeNull();
});

test("pulls, reconcile, resync and import leave it deleted, and find no difference for ever", async () => {
  const before = await storedOf(who.workspaceId);
  await pullWorkspace(who.workspaceId);
  expect((await reconcile()).differences).toEqual({});
  expect((await reconcile({ workspaceId: who.workspaceId })).differences).toEqual({});
  await reconcile({ mode: "rebuild" });
  for await (const { workspaceId } of importCustomers(true))
    expect(workspaceId).not.toBe(who.workspaceId);
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 40 * 86_400 });
  await shop.settled();
  expect((await reconcile()).differences).toEqual({});
  const after = await storedOf(who.workspaceId);
  expect(after.mails).toEqual(before.mails);
  expect(Object.keys(after.rows).filter((kind) => (after.rows[kind] as unknown[]).length)).toEqual([
    "order",
    "refund",
  ]);
  expect(await tablesWith(who.email, "Ada L")).toEqual([]);
});

test("money that goes back later is in the books, and nobody is mailed", async () => {
  const mails = await db().select().from(emails);
  const [order] = (await polar().orders.list({ customer_id: customerId })).items.filter(
    ({ billing_reason }) => billing_reason === "subscription_create",
  );
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 700,
  });
  await shop.settled();
  const [row] = await db()
    .select()
    .from(orders)
    .where(eq(orders.id, order?.id ?? ""));
  expect(row).toMatchObject({ workspaceId: who.workspaceId, refundedAmount: 1_200 });
  expect(await db().select().from(emails)).toEqual(mails);
  expect(await heldBodies()).toEqual([]);
  expect((await reconcile()).differences).toEqual({});
});

test("a customer that a late request made at Polar, and what was bought with it, is ended there", async () => {
  await ensureCustomer({ ...who, email: `late-${who.email}` });
  const [product] = (await polar().products.list({ query: "Business" })).items;
  const checkout = await polar().checkouts.create({
    products: [product?.id ?? ""],
    external_customer_id: who.workspaceId,
  });
  await shop.buyer.pay(checkout.client_secret);
  await shop.settled();
  const made = await polar().customers.getExternal(who.workspaceId);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
  await deleteAccounts();
  await shop.settled();
  const { items } = await polar().subscriptions.list({ customer_id: made.id });
  expect(items.map(({ status }) => status)).toEqual(["canceled"]);
  await expect(polar().customers.get(made.id)).rejects.toMatchObject({ statusCode: 404 });
  expect((await deletion())?.customerIds).toEqual(expect.arrayContaining([customerId, made.id]));
  expect((await deletion())?.polarEndedAt).not.toBeNull();
  expect(await tablesWith(who.email)).toEqual([]);
  await reconcile();
  expect((await reconcile()).differences).toEqual({});
});

test("a body that was kept all the same, and a mail that nobody takes, are gone with the daily purge", async () => {
  const id = await deliver(told[0]?.body ?? "");
  await db()
    .update(webhookInbox)
    .set({ body: told[0]?.body ?? "" })
    .where(eq(webhookInbox.webhookId, id));
  expect(await heldBodies()).toHaveLength(1);
  await db()
    .insert(emails)
    .values({
      key: "account-deleted:somebody",
      recipient: "nobody-takes-it@example.com",
      template: "account-deleted",
      props: {},
      createdAt: sql`now() - interval '8 days'` as never,
    });
  await purgeForgotten();
  expect(await heldBodies()).toEqual([]);
  expect(await tablesWith("nobody-takes-it")).toEqual([]);
});

test("webhooks of before it was noted whom they tell of are found by what they say", async () => {
  await db()
    .insert(webhookInbox)
    .values(
      told.map(({ type, body }) => ({
        webhookId: randomUUID(),
        type,
        body,
        objectId: JSON.parse(body).data.id as string,
        status: "applied" as const,
      })),
    );
  const migration = readFileSync("db/migrations/0009_inbox_customers.sql", "utf8");
  await db().execute(sql.raw(migration));
  expect(await heldBodies()).toHaveLength(told.length);
  await purgeForgotten();
  expect(await tablesWith(who.email)).toEqual([]);
});

test("a resync into an empty database gives what was the account's to nobody", async () => {
  for (const { table } of Object.values(mirrored)) await db().delete(table);
  for (const table of [accountDeletions, sideEffects, webhookInbox, emails])
    await db().delete(table);
  await reconcile({ mode: "rebuild" });
  const rows = await db()
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.customerId, customerId));
  expect(rows).toMatchObject([{ workspaceId: null }]);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
  expect(await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId))).toEqual(
    [],
  );
  expect(await tablesWith(who.email)).toEqual([]);
  expect((await reconcile()).differences).toEqual({});
});
