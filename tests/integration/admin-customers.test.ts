import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, usageHours, users } from "@/db/schema";
import { requestDeletion } from "@/lib/account/deletion/request";
import { readCustomer } from "@/lib/admin/customer";
import { searchCustomers } from "@/lib/admin/customers";
import { readCursor } from "@/lib/admin/page-of";
import { readTimeline, type TimelineEntry } from "@/lib/admin/timeline";
import { timelineOf } from "@/lib/admin/timeline-sources";
import { createApiKey } from "@/lib/api-keys";
import type { Viewer } from "@/lib/auth";
import { findManaged } from "@/lib/billing/changes/managed";
import { changeSubscription } from "@/lib/billing/changes/perform";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { toldShop } from "../support/shop";
import { flushAll, use } from "../support/use";

const shop = toldShop();
let who: Viewer;

beforeAll(async () => {
  who = await viewer();
  await db().update(users).set({ name: "Ada Lovelace" }).where(eq(users.id, who.userId));
  await shop.buyer.buy(who, "business-monthly");
  await shop.settled();
  const managed = await findManaged(db(), who.workspaceId);
  await changeSubscription(who, { action: "pause" }, managed?.seen ?? "");
  await createApiKey(who, { name: "Mine", scopes: [], days: null });
  await db()
    .insert(emails)
    .values({
      key: `sign-in:${who.userId}`,
      recipient: who.email.toUpperCase(),
      template: "sign-in",
      props: { seed: "opens-a-session" },
    });
  await use(who.workspaceId, 12);
  await flushAll();
  await shop.settled();
  await pullWorkspace(who.workspaceId);
});

const found = async (text: string) =>
  (await searchCustomers(text, null)).rows.map(({ workspaceId }) => workspaceId);

async function wholeTimeline(workspaceId: string): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const page = await readTimeline(workspaceId, readCursor(next));
    entries.push(...page.rows);
    next = page.next;
  }
  return entries;
}

test("a customer is found by each name that somebody may have for them, and by no other", async () => {
  const other = await viewer();
  const customer = await polar().customers.getExternal(who.workspaceId);
  const [subscription] = (
    await polar().subscriptions.list({ external_customer_id: who.workspaceId })
  ).items;
  const [order] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
  for (const text of [
    who.email,
    who.email.slice(0, 12).toUpperCase(),
    "ada love",
    who.workspaceId,
    customer.id,
    subscription?.id ?? "",
    order?.id ?? "",
  ])
    expect(await found(text), text).toEqual([who.workspaceId]);
  for (const text of ["lovelace", "%", "_", "a\\", "' or true", "nobody@example.com"])
    expect(await found(text), text).toEqual([]);
  expect(await found("")).toEqual([other.workspaceId, who.workspaceId]);
  const [row] = (await searchCustomers(who.email, null)).rows;
  expect(row).toMatchObject({ name: "Ada Lovelace", isDeleted: false });
  expect(row?.subscription).toEqual({ product: "business-monthly", status: "active" });
});

test("a customer is found by the address that Polar alone has", async () => {
  const { id } = await polar().customers.getExternal(who.workspaceId);
  await polar().customers.update(id, { email: "billing@elsewhere.example.com" });
  await shop.settled();
  expect(await found("billing@ELSEWHERE")).toEqual([who.workspaceId]);
});

test("the list goes on where its page ended, also where many came at one moment", async () => {
  const createdAt = new Date("2026-01-01T00:00:00Z");
  const many = Array.from({ length: 60 }, (_, n) => ({
    id: `many-${n}`,
    email: `many-${n}@example.com`,
    createdAt,
  }));
  await db().insert(users).values(many);
  for (const text of ["", "many-"]) {
    const first = await searchCustomers(text, null);
    const second = await searchCustomers(text, readCursor(first.next ?? ""));
    expect(first.rows).toHaveLength(50);
    expect(second.next).toBeNull();
    const ids = [...first.rows, ...second.rows].map(({ workspaceId }) => workspaceId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith("many-"))).toHaveLength(60);
  }
  await db().delete(users).where(sql`id like 'many-%'`);
});

test("the page has what they have", async () => {
  const customer = await readCustomer(who.workspaceId);
  expect(customer).toMatchObject({
    user: { email: who.email },
    entitlement: { plan: "business", status: "active" },
    usage: { used: 12 },
    deletion: null,
  });
  expect(customer?.subscriptions).toMatchObject([{ status: "active", pauseAtPeriodEnd: true }]);
  expect(customer?.orders).toHaveLength(1);
  expect(customer?.keys).toHaveLength(1);
  expect(customer?.meters.map(({ meterKey }) => meterKey)).toEqual(["qr-codes"]);
  expect(customer?.polarCustomers).toHaveLength(1);
  expect(await readCustomer("nobody")).toBeNull();
});

test("the timeline has all that happened, newest first, each once, over its pages", async () => {
  const { workspaceId } = who;
  await db().execute(sql`
    insert into audit_log (workspace_id, action, object_type, object_id, at)
    select ${workspaceId}, 'test.many', 'test', n::text, '2026-03-01T10:00:00.123456Z'
    from generate_series(1, 120) n`);
  await db()
    .insert(usageHours)
    .values(
      [2, 9, 30].flatMap((hour) =>
        ["", "a key"].map((source) => ({
          workspaceId,
          hour: new Date(Date.UTC(2026, 1, 1, hour)),
          source,
          billableUnits: 3,
          freeUnits: 1,
        })),
      ),
    );
  const entries = await wholeTimeline(workspaceId);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  const times = entries.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  const count = (kind: TimelineEntry["kind"]) => entries.filter((each) => each.kind === kind);
  expect(count("order")).toMatchObject([{ data: { total: 7_900, status: "paid" } }]);
  expect(count("request")).toMatchObject([
    { data: { action: "pause", outcome: expect.any(String) } },
  ]);
  expect(
    count("mail")
      .map(({ data }) => JSON.stringify(data))
      .join(),
  ).not.toContain("opens-a");
  expect(count("mail").map(({ data }) => "template" in data && data.template)).toEqual(
    expect.arrayContaining(["order-confirmation", "sign-in"]),
  );
  expect(count("usage").map(({ key, data }) => [key, data])).toEqual([
    [expect.stringMatching(/^usage:2/), { units: 12 }],
    ["usage:2026-02-02", { units: 8 }],
    ["usage:2026-02-01", { units: 16 }],
  ]);
  const seen = count("audit").map(({ data }) => "action" in data && data.action);
  expect(seen.filter((action) => action === "test.many")).toHaveLength(120);
  for (const action of ["subscription.seen", "benefit_grant.seen", "api_key.created"])
    expect(seen).toContain(action);
  const told = count("webhook").map(({ data }) => "type" in data && data.type);
  expect(told).toEqual(expect.arrayContaining(["order.paid", "subscription.created"]));
});

test("nothing of anybody else is in it, and nobody has an empty one", async () => {
  const other = await viewer();
  expect(await wholeTimeline(other.workspaceId)).toEqual([]);
  expect(await wholeTimeline("nobody")).toEqual([]);
});

test("no table is read from end to end for it", async () => {
  const plan = await db().transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    const before = { at: "2026-11-24 10:00:00+00", id: "webhook:x" };
    const { workspaceId, email } = who;
    return await tx.execute<{ "QUERY PLAN": string }>(
      sql`explain ${timelineOf({ workspaceId, email, customerIds: ["a", "b"], before })}`,
    );
  });
  const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
  for (const index of [
    "webhook_inbox_customer_idx",
    "orders_workspace_idx",
    "audit_log_workspace_idx",
    "subscription_changes_workspace_idx",
    "emails_workspace_idx",
    "emails_recipient_idx",
    "usage_hours_workspace_id_hour_source_pk",
  ])
    expect(text).toContain(index);
  expect(text).not.toContain("Seq Scan");
});

test("of a deleted account the books and the webhooks' types are left, found by its ids", async () => {
  const leaver = await viewer();
  await shop.buyer.buy(leaver, "pack-1000");
  await shop.settled();
  const { id } = await polar().customers.getExternal(leaver.workspaceId);
  expect(await requestDeletion(leaver, leaver.email)).toBe("deleted");
  await shop.settled();
  expect(await found(leaver.email)).toEqual([]);
  for (const text of [leaver.workspaceId, id]) {
    const [row] = (await searchCustomers(text, null)).rows;
    expect(row).toMatchObject({ workspaceId: leaver.workspaceId, email: null, isDeleted: true });
  }
  const customer = await readCustomer(leaver.workspaceId);
  expect(customer).toMatchObject({ user: null, deletion: { anonymizedAt: expect.any(Date) } });
  expect(customer?.orders).toHaveLength(1);
  const kinds = new Set((await wholeTimeline(leaver.workspaceId)).map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(["order", "webhook"]));
});
