import { count, eq, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import {
  auditLog,
  emails,
  orders,
  reconcileRuns,
  sideEffects,
  subscriptions,
  usageEvents,
  webhookInbox,
} from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { mirrored } from "@/lib/billing/mirror/rows";
import { refreshWorkspace } from "@/lib/billing/reconcile/refresh";
import { reconcile } from "@/lib/billing/reconcile/run";
import { polar } from "@/lib/polar";

import { viewer } from "../support/buyer";
import { mirrorState } from "../support/mirror";
import { toldShop } from "../support/shop";
import { use } from "../support/use";

const shop = toldShop();

let subscriber: Viewer;

const rowsOf = async (table: PgTable) => (await db().select({ n: count() }).from(table))[0]?.n;
/** What a resync must leave alone, as numbers of rows, and the mails that were ever asked for. */
const kept = async () => ({
  inbox: await rowsOf(webhookInbox),
  usage: await rowsOf(usageEvents),
  mails: await rowsOf(emails),
});

/** The database is as after a loss of all that a resync rebuilds. */
async function lose(): Promise<void> {
  for (const { table } of Object.values(mirrored)) await db().delete(table);
  await db().delete(sideEffects);
  await db().delete(emails);
  await db().execute(sql`delete from graphile_worker._private_jobs`);
}

beforeAll(async () => {
  subscriber = await viewer();
  await shop.buyer.buy(subscriber, "pack-1000");
  await shop.buyer.buy(subscriber, "business-monthly");
  const trial = await viewer();
  await shop.buyer.buy(trial, "pro-yearly");
  const refunded = await viewer();
  await shop.buyer.buy(refunded, "business-yearly");
  await shop.settled();
  await use(subscriber.workspaceId, 12);
  const [order] = (await polar().orders.list({ external_customer_id: refunded.workspaceId })).items;
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 500,
  });
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 35 * 86_400 });
  await shop.settled();
  await reconcile({ mode: "rebuild" });
});

test("an empty database is rebuilt from Polar alone: the same state, no mail, fulfilments recorded", async () => {
  const before = await mirrorState();
  const left = await kept();
  const done = await db().select().from(sideEffects).orderBy(sideEffects.key);
  expect(before.subscription).toHaveLength(3);
  expect(before.order?.length).toBeGreaterThan(4);
  expect(left.mails).toBeGreaterThan(2);

  await lose();
  await reconcile({ mode: "rebuild" });

  expect(await mirrorState()).toEqual(before);
  expect(await kept()).toEqual({ ...left, mails: 0 });
  const jobs = await db().execute(sql`select 1 from graphile_worker._private_jobs`);
  expect(jobs).toHaveLength(0);
  const keys = (rows: { key: string }[]) => rows.map(({ key }) => key);
  expect(keys(await db().select().from(sideEffects).orderBy(sideEffects.key))).toEqual(keys(done));
  expect((await readEntitlement(db(), subscriber.workspaceId)).plan).toBe("business");
});

test("a damaged database is mended, whatever version its rows claim, and no mail is sent", async () => {
  const before = await mirrorState();
  const left = await kept();
  const audited = await rowsOf(auditLog);
  await db()
    .update(subscriptions)
    .set({ status: "canceled", versionAt: "2999-01-01T00:00:00Z" })
    .where(eq(subscriptions.workspaceId, subscriber.workspaceId));
  await db()
    .update(orders)
    .set({ totalAmount: sql`total_amount + 1`, deletedAt: "2026-01-01T00:00:00Z" });
  await reconcile({ mode: "rebuild" });
  expect(await mirrorState()).toEqual(before);
  expect(await kept()).toEqual(left);
  expect(await rowsOf(auditLog)).toBeGreaterThan(audited ?? 0);
  expect((await reconcile()).differences).toEqual({});
});

test("what happens afterwards is mailed again, once", async () => {
  const mails = (await kept()).mails ?? 0;
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 31 * 86_400 });
  await shop.settled();
  await reconcile();
  const paid = (await db().select().from(emails)).slice(mails);
  expect(paid.length).toBeGreaterThan(0);
  expect(new Set(paid.map(({ key }) => key)).size).toBe(paid.length);
});

test("a resync that was stopped keeps the app silent about what is older, and not about what is new", async () => {
  await lose();
  let pages = 0;
  const stopped = await reconcile({ mode: "rebuild", shouldPause: () => ++pages > 2 });
  expect(stopped.finished).toBe(false);
  await reconcile();
  await pullWorkspace(subscriber.workspaceId);
  expect(await refreshWorkspace(subscriber.workspaceId)).toBe("refreshed");
  expect((await kept()).mails).toBe(0);

  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 5 });
  await shop.buyer.buy(subscriber, "pack-1000");
  await shop.settled();
  const mails = async () => (await db().select().from(emails)).map(({ template }) => template);
  expect(await mails()).toEqual(["order-confirmation"]);
  expect((await reconcile({ mode: "rebuild" })).finished).toBe(true);
  expect(await mails()).toEqual(["order-confirmation"]);
});

test("after a resync a missed payment is still reminded of, on the days that are to come", async () => {
  const late = await viewer();
  await shop.buyer.buy(late, "business-monthly");
  await shop.settled();
  const { id } = await polar().customers.getExternal(late.workspaceId);
  await shop.world.call("PUT", `/_emulator/customers/${id}/card`, { number: "4000000000000341" });
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 35 * 86_400 });
  await shop.settled();
  const { subscriptionId } = await readEntitlement(db(), late.workspaceId);
  const [subscription] = await db()
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId ?? ""));
  expect(subscription?.status).toBe("past_due");
  await lose();
  const begun = await reconcile({ mode: "rebuild" });
  const [run] = await db().select().from(reconcileRuns).where(eq(reconcileRuns.id, begun.runId));
  const missed = Date.parse(subscription?.pastDueAt ?? "");
  const passed = (Date.parse(run?.polarStartedAt ?? "") - missed) / 86_400_000;
  const reminders = await db().execute<{ day: number; run_at: string }>(sql`
    select (payload->>'day')::int as day, j.run_at from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'remind_of_payment' and payload->>'subscriptionId' = ${subscriptionId}
      order by 1`);
  expect(reminders.map(({ day }) => day)).toEqual([0, 3, 6].filter((day) => day >= passed));
  expect(reminders.length).toBeGreaterThan(0);
  expect(reminders.length).toBeLessThan(3);
});
