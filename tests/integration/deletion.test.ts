import { randomUUID } from "node:crypto";
import { and, count, eq, like, sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { db } from "@/db/client";
import {
  accountDeletions,
  accounts,
  auditLog,
  checkoutIntents,
  emails,
  orders,
  refunds,
  sessions,
  usageEvents,
  users,
  verificationTokens,
  workspaces,
} from "@/db/schema";
import { deleteAccounts } from "@/lib/account/deletion/perform";
import { requestDeletion } from "@/lib/account/deletion/request";
import { createApiKey } from "@/lib/api-keys";
import { authenticate } from "@/lib/api-keys/authenticate";
import type { Viewer } from "@/lib/auth";
import { authAdapter } from "@/lib/auth/adapter";
import { startCheckout } from "@/lib/billing/checkout";
import { readEntitlement } from "@/lib/billing/entitlements";
import { importCustomers } from "@/lib/billing/import";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { tablesWith } from "../support/forgotten";
import { toldShop } from "../support/shop";
import { use } from "../support/use";

const shop = toldShop();

afterEach(async () => {
  await shop.buyer.faults();
  await shop.settled();
});

/** Somebody signed in who has bought, used, and left traces everywhere. */
async function customer(product = "business-monthly") {
  const who = await viewer();
  const { userId, workspaceId, email } = who;
  const session = randomUUID();
  await db().update(users).set({ name: "Ada Lovelace" }).where(eq(users.id, userId));
  await db()
    .insert(sessions)
    .values({ sessionToken: session, userId, expires: new Date(Date.now() + 86_400_000) });
  await db()
    .insert(accounts)
    .values({ userId, type: "oauth", provider: "github", providerAccountId: userId });
  await db()
    .insert(verificationTokens)
    .values({ identifier: email, token: randomUUID(), expires: new Date() });
  await db().insert(emails).values({
    key: randomUUID(),
    recipient: email.toUpperCase(),
    template: "sign-in",
    props: {},
  });
  const key = await createApiKey(who, { name: "Ada Lovelace's", scopes: [], days: null });
  await startCheckout(who, "pack-1000", { campaign: "spring" });
  await shop.buyer.buy(who, "pack-1000");
  await shop.buyer.buy(who, product);
  await shop.settled();
  await use(workspaceId, 7);
  return { ...who, session, authorization: `Bearer ${key?.token}` };
}

async function stateOf(workspaceId: string) {
  const [row] = await db()
    .select()
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, workspaceId));
  return row;
}

const goodbyes = async (email: string) =>
  await db()
    .select()
    .from(emails)
    .where(and(eq(emails.template, "account-deleted"), eq(emails.recipient, email)));

const hasUser = async (id: string) =>
  (await db().select().from(users).where(eq(users.id, id))).length > 0;

/** The statuses of a former customer's subscriptions at Polar. */
async function subscriptionsAt(workspaceId: string): Promise<string[]> {
  const ids = (await stateOf(workspaceId))?.customerIds ?? [];
  const found: string[] = [];
  for (const customer_id of ids)
    for (const { status } of (await polar().subscriptions.list({ customer_id })).items)
      found.push(status);
  return found;
}

test("an account ends at Polar, then the person is forgotten here, and the books stay", async () => {
  const who = await customer();
  const [order] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 500,
  });
  await shop.settled();
  const before = await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId));

  expect(await requestDeletion(who, ` ${who.email.toUpperCase()} `)).toBe("deleted");
  await shop.settled();

  expect(await subscriptionsAt(who.workspaceId)).toEqual(["canceled"]);
  await expect(polar().customers.getExternal(who.workspaceId)).rejects.toMatchObject({
    statusCode: 404,
  });
  const after = await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId));
  expect(before.length).toBeGreaterThan(1);
  expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
  const kept = await db().select().from(refunds).where(eq(refunds.workspaceId, who.workspaceId));
  expect(kept).toMatchObject([{ amount: 500, currency: "usd" }]);

  expect(await goodbyes(who.email)).toHaveLength(1);
  expect(await tablesWith(who.email, "Ada Lovelace")).toEqual(["public.emails"]);
  await db().delete(emails).where(eq(emails.recipient, who.email));
  expect(await tablesWith(who.workspaceId)).toEqual(
    expect.arrayContaining(["public.account_deletions", "public.orders", "public.refunds"]),
  );
  const left = await tablesWith(who.workspaceId);
  expect(left.filter((name) => name.startsWith("public."))).toEqual([
    "public.account_deletions",
    "public.audit_log",
    "public.orders",
    "public.refunds",
  ]);
  const told = await db()
    .select({ type: auditLog.objectType })
    .from(auditLog)
    .where(eq(auditLog.workspaceId, who.workspaceId))
    .groupBy(auditLog.objectType);
  expect(told.map(({ type }) => type).sort()).toEqual(["order", "refund"]);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
});

test("another address than the account's changes nothing", async () => {
  const who = await customer();
  for (const typed of ["", "somebody@example.com", `${who.email}.org`])
    expect(await requestDeletion(who, typed)).toBe("address_differs");
  expect(await stateOf(who.workspaceId)).toBeUndefined();
  expect(await authenticate(who.authorization)).toMatchObject({ workspaceId: who.workspaceId });
  expect(await authAdapter().getSessionAndUser?.(who.session)).not.toBeNull();
});

test("usage that waits here reaches Polar before its customer is gone", async () => {
  const who = await customer();
  await use(who.workspaceId, 60_000);
  expect(await requestDeletion(who, who.email)).toBe("deleted");
  await shop.settled();
  const [customer_id] = (await stateOf(who.workspaceId))?.customerIds ?? [];
  const { items } = await polar().events.list({ customer_id: customer_id ?? "", source: "user" });
  const units = items.map(({ metadata }) => (metadata as { units?: number }).units);
  expect(units.sort()).toEqual([60_000, 7]);
  expect(
    await db().select().from(usageEvents).where(eq(usageEvents.workspaceId, who.workspaceId)),
  ).toHaveLength(0);
});

test("while Polar is down nothing is forgotten and nobody comes in; afterwards it goes on by itself", async () => {
  const who = await customer();
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await requestDeletion(who, who.email)).toBe("under_way");
  await deleteAccounts();
  expect(await stateOf(who.workspaceId)).toMatchObject({ polarEndedAt: null, anonymizedAt: null });
  expect(await hasUser(who.userId)).toBe(true);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("business");
  expect(await goodbyes(who.email)).toEqual([]);

  const session = randomUUID();
  await db()
    .insert(sessions)
    .values({ sessionToken: session, userId: who.userId, expires: new Date("2999-01-01") });
  for (const token of [who.session, session])
    expect(await authAdapter().getSessionAndUser?.(token)).toBeNull();
  expect(await authenticate(who.authorization)).toBe("revoked");

  await shop.buyer.faults();
  await deleteAccounts();
  expect((await stateOf(who.workspaceId))?.anonymizedAt).not.toBeNull();
  expect(await hasUser(who.userId)).toBe(false);
  expect(await subscriptionsAt(who.workspaceId)).toEqual(["canceled"]);
  expect(await goodbyes(who.email)).toHaveLength(1);
});

test("an answer of Polar's that is lost on the way ends nothing twice and stops nothing", async () => {
  for (const path of ["/v1/subscriptions/", "/v1/customers/external"]) {
    const who = await customer();
    await shop.buyer.faults({ api: { fault: "reset_before_answer", remaining: 3, path } });
    expect(await requestDeletion(who, who.email)).toBe("under_way");
    expect(await hasUser(who.userId)).toBe(true);
    await deleteAccounts();
    expect(await hasUser(who.userId)).toBe(false);
    expect(await subscriptionsAt(who.workspaceId)).toEqual(["canceled"]);
  }
});

test("what dies between Polar's end and ours forgets nothing by halves, and goes on later", async () => {
  const who = await customer();
  await db().execute(sql`
    create function break_off() returns trigger language plpgsql as
      $$ begin raise exception 'the process dies here'; end $$`);
  await db().execute(sql`
    create trigger break_off before delete on users for each row execute function break_off()`);
  expect(await requestDeletion(who, who.email)).toBe("under_way");
  await deleteAccounts();
  const state = await stateOf(who.workspaceId);
  expect(state?.polarEndedAt).not.toBeNull();
  expect(state?.anonymizedAt).toBeNull();
  expect(await tablesWith(who.email)).toEqual(
    expect.arrayContaining(["public.emails", "public.users", "public.webhook_inbox"]),
  );
  const intents = eq(checkoutIntents.workspaceId, who.workspaceId);
  expect(await db().select().from(checkoutIntents).where(intents)).not.toHaveLength(0);
  expect(await goodbyes(who.email)).toEqual([]);

  await db().execute(sql`drop trigger break_off on users`);
  await deleteAccounts();
  await deleteAccounts();
  expect(await hasUser(who.userId)).toBe(false);
  expect(await goodbyes(who.email)).toHaveLength(1);
});

test("asked for from two tabs at once it is done once, with one mail", async () => {
  const who = await customer("pro-yearly");
  const both = await Promise.all([
    requestDeletion(who, who.email),
    requestDeletion(who, who.email),
    deleteAccounts(),
  ]);
  await deleteAccounts();
  expect(both).toContain("deleted");
  expect(await goodbyes(who.email)).toHaveLength(1);
  const [rows] = await db()
    .select({ n: count() })
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, who.workspaceId));
  expect(rows?.n).toBe(1);
});

test("who never bought anything is deleted without Polar knowing them", async () => {
  const who = await viewer();
  expect(await requestDeletion(who, who.email)).toBe("deleted");
  expect((await stateOf(who.workspaceId))?.customerIds).toEqual([]);
  expect(await hasUser(who.userId)).toBe(false);
});

test("a paused and a canceled plan end at Polar too", async () => {
  for (const change of [{ pause_at_period_end: true }, { cancel_at_period_end: true }]) {
    const who = await customer();
    const mine = { external_customer_id: who.workspaceId };
    const [subscription] = (await polar().subscriptions.list(mine)).items;
    await polar().subscriptions.update(subscription?.id ?? "", change);
    if ("pause_at_period_end" in change)
      await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
    await shop.settled();
    expect(await requestDeletion(who, who.email)).toBe("deleted");
    expect(await subscriptionsAt(who.workspaceId)).toEqual(["canceled"]);
  }
});

test("the same address signs up anew: another workspace, the free plan, another customer at Polar", async () => {
  const who = await customer();
  await requestDeletion(who, who.email);
  await shop.settled();
  const adapter = authAdapter();
  expect(await adapter.getUserByEmail?.(who.email)).toBeNull();
  const user = await adapter.createUser?.({
    email: who.email,
    emailVerified: new Date(),
  } as never);
  const again: Viewer = {
    userId: user?.id ?? "",
    workspaceId: user?.id ?? "",
    email: who.email,
    name: null,
    image: null,
  };
  expect(again.workspaceId).not.toBe(who.workspaceId);
  expect((await readEntitlement(db(), again.workspaceId)).plan).toBe("free");
  for await (const { outcome, workspaceId } of importCustomers(true))
    expect([workspaceId, outcome]).not.toContain(again.workspaceId);
  expect((await readEntitlement(db(), again.workspaceId)).plan).toBe("free");

  await shop.buyer.buy(again, "business-yearly");
  await shop.settled();
  const { id } = await polar().customers.getExternal(again.workspaceId);
  expect((await stateOf(who.workspaceId))?.customerIds).not.toContain(id);
  expect(await readEntitlement(db(), again.workspaceId)).toMatchObject({
    plan: "business",
    extraUnits: 0,
  });
  const mails = await db()
    .select()
    .from(emails)
    .where(and(eq(emails.workspaceId, again.workspaceId), like(emails.key, "order-conf%")));
  expect(mails).toHaveLength(1);
  expect(await db().select().from(workspaces).where(eq(workspaces.id, who.workspaceId))).toEqual(
    [],
  );
});
