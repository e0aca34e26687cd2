import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { accounts, adminActions, emails, sessions, spendingCaps, usageEvents } from "@/db/schema";
import { accountExport, exportLists } from "@/lib/account/export/schema";
import { exportAccount } from "@/lib/account/export/stream";
import { createApiKey } from "@/lib/api-keys";
import type { Viewer } from "@/lib/auth";
import { findManaged } from "@/lib/billing/changes/managed";
import { changeSubscription } from "@/lib/billing/changes/perform";
import { reconcile } from "@/lib/billing/reconcile/run";
import { polar } from "@/lib/polar";
import { archiveUsage } from "@/lib/usage/archive";
import { viewer } from "../support/buyer";
import { toldShop } from "../support/shop";
import { flushAll, use } from "../support/use";

const shop = toldShop();

let who: Viewer;
const secret = "a-token-that-opens-something";

async function textOf(person: Viewer): Promise<string> {
  let text = "";
  for await (const piece of exportAccount(person)) text += piece;
  return text;
}

const exported = async (person: Viewer) => accountExport.parse(JSON.parse(await textOf(person)));

beforeAll(async () => {
  who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await shop.buyer.buy(who, "pack-1000");
  await shop.settled();
  const [order] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 500,
  });
  await shop.settled();
  for (const action of ["pause", "keep_running"] as const) {
    const managed = await findManaged(db(), who.workspaceId);
    await changeSubscription(who, { action }, managed?.seen ?? "");
  }
  await use(who.workspaceId, 12);
  await flushAll();
  await db()
    .update(usageEvents)
    .set({ occurredAt: new Date(Date.now() - 8 * 86_400_000) });
  await archiveUsage();
  await use(who.workspaceId, 1);
  await db()
    .insert(spendingCaps)
    .values({ workspaceId: who.workspaceId, amount: 500, currency: "usd" });
  const { id } = await polar().customers.getExternal(who.workspaceId);
  await shop.world.call("PUT", `/_emulator/customers/${id}/card`, { number: "4000000000000341" });
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
  await shop.settled();
  await reconcile();
  await db().insert(accounts).values({
    userId: who.userId,
    type: "oauth",
    provider: "github",
    providerAccountId: "42",
    access_token: secret,
    refresh_token: secret,
  });
  await db()
    .insert(adminActions)
    .values({
      userId: who.userId,
      email: who.email,
      action: "job.delete",
      details: { task: "send_email" },
    });
  await createApiKey(who, { name: "Mine", scopes: [], days: null });
  await db()
    .insert(sessions)
    .values({ sessionToken: secret, userId: who.userId, expires: new Date() });
  await db()
    .insert(emails)
    .values({
      key: secret,
      recipient: who.email.toUpperCase(),
      template: "sign-in",
      props: { seed: secret },
    });
});

test("the export holds all of a person's data, in the documented shape, and no secret", async () => {
  const text = await textOf(who);
  const found = accountExport.parse(JSON.parse(text));
  const empty = Object.entries(found).filter(([, value]) => Array.isArray(value) && !value.length);
  expect(empty.map(([name]) => name)).toEqual([]);
  expect(found.user).toMatchObject({ id: who.userId, email: who.email });
  expect(found.entitlement.plan).toBe("business");
  expect(found.orders[0]?.total.currency).toBe("usd");
  expect(found.orders.map(({ total }) => total.amount)).toContain(1_000);
  expect(found.refunds[0]?.net).toEqual({ amount: 500, currency: "usd" });
  expect(found.emails.map(({ template }) => template)).toContain("order-confirmation");
  expect(text).not.toContain(secret);
});

test("nothing of anybody else is in it", async () => {
  const other = await viewer();
  const text = await textOf(other);
  expect(text).not.toContain(who.workspaceId);
  expect(text).not.toContain(who.email);
  const found = accountExport.parse(JSON.parse(text));
  const lists = Object.entries(found).filter(([name]) => name in exportLists);
  expect(lists.filter(([, rows]) => JSON.stringify(rows) !== "[]")).toEqual([]);
});

test("usage of several pages is given whole, each row once, also where many happened at one moment", async () => {
  const busy = await viewer();
  await db().execute(sql`
    insert into usage_events (workspace_id, name, units, idempotency_key, occurred_at)
    select ${busy.workspaceId}, 'qr_code.generated', 1, n::text,
      '2026-11-01T10:00:00.123456Z'::timestamptz + (n / 1500) * interval '1 microsecond'
    from generate_series(1, 4321) n`);
  const stored = await db()
    .select({ id: usageEvents.id })
    .from(usageEvents)
    .where(eq(usageEvents.workspaceId, busy.workspaceId));
  const given = (await exported(busy)).usage_events.map(({ id }) => id);
  expect(given).toHaveLength(4321);
  expect(new Set(given)).toEqual(new Set(stored.map(({ id }) => id)));
});

test("no more than a page of rows is made before it is read", async () => {
  const busy = await viewer();
  await db().execute(sql`
    insert into usage_events (workspace_id, name, units, idempotency_key)
    select ${busy.workspaceId}, 'qr_code.generated', 1, n::text
    from generate_series(1, 5000) n`);
  let longest = 0;
  for await (const piece of exportAccount(busy)) longest = Math.max(longest, piece.length);
  expect(longest).toBeLessThan(400_000);
});
