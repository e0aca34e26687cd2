import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import type { Admin } from "@/lib/admin/gate";
import { listWebhooks } from "@/lib/admin/inbox";
import { type InboxFilter, readInboxFilter } from "@/lib/admin/inbox-filter";
import { readCursor } from "@/lib/admin/page-of";
import { showPayload } from "@/lib/admin/payload";
import { replayMany, replayOne } from "@/lib/admin/replay";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { findWebhook } from "@/lib/billing/webhooks/inbox";
import { actions, anAdmin, refuseActions } from "../support/admins";
import { ago } from "../support/alerts";
import { person } from "../support/people";
import { withWorld } from "../support/shop";
import { envelope, order } from "../support/webhooks";

withWorld();

let admin: Admin;
beforeAll(async () => {
  admin = await anAdmin();
});

async function store(change: Partial<typeof webhookInbox.$inferInsert> = {}): Promise<string> {
  const webhookId = randomUUID();
  const owner = (await person()).id;
  const body = envelope("order.paid", order(owner));
  await db()
    .insert(webhookInbox)
    .values({ webhookId, type: "order.paid", body, status: "failed", attempts: 10, ...change });
  return webhookId;
}

const all: InboxFilter = { status: "any", type: "", age: "any" };
async function idsOf(filter: Partial<InboxFilter>): Promise<string[]> {
  const { rows } = await listWebhooks({ ...all, ...filter }, null);
  return rows.map(({ webhookId }) => webhookId);
}

test("the inbox is filtered by status, type and age, newest first", async () => {
  const old = await store({ type: "refund.created", receivedAt: ago(8 * 86_400) });
  const pending = await store({ status: "pending", receivedAt: ago(7200) });
  const dead = await store({ type: "refund.created", lastError: "of ada@example.com" });
  expect(await idsOf({})).toEqual([dead, pending, old]);
  expect(await idsOf({ status: "failed" })).toEqual([dead, old]);
  expect(await idsOf({ type: "refund.created", age: "week" })).toEqual([dead]);
  expect(await idsOf({ age: "hour" })).toEqual([dead]);
  expect(await idsOf({ status: "applied" })).toEqual([]);
  const { rows } = await listWebhooks(all, null);
  expect(rows[0]?.lastError).toBe("of [email]");
  expect(Object.keys(rows[0] ?? {})).not.toContain("body");
  await db().delete(webhookInbox);
});

test("its pages hold each webhook once, also where many came at one moment", async () => {
  const receivedAt = new Date("2026-11-01T10:00:00Z");
  const ids = Array.from({ length: 120 }, () => randomUUID());
  await db()
    .insert(webhookInbox)
    .values(ids.map((webhookId) => ({ webhookId, type: "order.paid", receivedAt })));
  const seen: string[] = [];
  const sizes: number[] = [];
  let next: string | null = "";
  while (next !== null) {
    const page = await listWebhooks(all, readCursor(next));
    seen.push(...page.rows.map(({ webhookId }) => webhookId));
    sizes.push(page.rows.length);
    next = page.next;
  }
  expect(sizes).toEqual([50, 50, 20]);
  expect(new Set(seen)).toEqual(new Set(ids));
  await db().delete(webhookInbox);
});

test("what is no filter is none, and no wider one", () => {
  expect(readInboxFilter({})).toEqual({ status: "any", type: "", age: "week" });
  expect(readInboxFilter({ age: "century" })).toBeNull();
  expect(readInboxFilter({ status: "eaten" })).toBeNull();
  expect(readInboxFilter({ type: "order.paid' or 1" })).toBeNull();
});

test("where a page begins is what was written there, or nothing", () => {
  expect(readCursor("2026-11-24 10:00:00.123456+00~id~with")).toEqual({
    at: "2026-11-24 10:00:00.123456+00",
    id: "id~with",
  });
  for (const text of ["", "now~x", "2026-99-24 10:00:00~x", "2026-11-24 10:00:00+00~", "nonsense"])
    expect(readCursor(text)).toBeNull();
});

test("a dead letter is replayed at once, written down, and a second click does nothing", async () => {
  const dead = await store();
  const before = (await actions()).length;
  expect(await Promise.all([replayOne(admin, dead), replayOne(admin, dead)])).toEqual(
    expect.arrayContaining(["applied", "nothing"]),
  );
  expect(await replayOne(admin, dead)).toBe("nothing");
  expect(await findWebhook(dead)).toMatchObject({ status: "applied" });
  const done = (await actions()).slice(before);
  expect(done).toMatchObject([
    { userId: admin.userId, email: admin.email, action: "webhook.replay", objectId: dead },
  ]);
});

test("one that fails again says so and is tried again", async () => {
  const dead = await store({ body: envelope("order.paid", { id: "no order" }) });
  expect(await replayOne(admin, dead)).toBe("failed_again");
  expect(await findWebhook(dead)).toMatchObject({ status: "pending", attempts: 1 });
  await db().delete(webhookInbox).where(eq(webhookInbox.webhookId, dead));
});

test("those of a filter are taken up together, and no other", async () => {
  const wanted = [await store(), await store()];
  const others = [
    await store({ type: "refund.created" }),
    await store({ receivedAt: ago(8 * 86_400) }),
    await store({ body: null }),
    await store({ status: "applied" }),
  ];
  const before = (await actions()).length;
  const filter = { ...all, type: "order.paid", age: "week" } as const;
  expect(await replayMany(admin, filter)).toBe(2);
  expect(await replayMany(admin, filter)).toBe(0);
  await applyInbox();
  for (const id of wanted) expect((await findWebhook(id))?.status).toBe("applied");
  for (const id of others) expect((await findWebhook(id))?.attempts).toBe(10);
  const [done, ...more] = (await actions()).slice(before);
  expect(more).toEqual([]);
  expect(done?.details).toMatchObject({ type: "order.paid", age: "week", count: 2 });
  expect(new Set(done?.details.webhooks as string[])).toEqual(new Set(wanted));
});

test("what cannot be written down is not done", async () => {
  const dead = await store();
  const allow = await refuseActions();
  await expect(replayOne(admin, dead)).rejects.toThrow();
  await expect(replayMany(admin, all)).rejects.toThrow();
  await allow();
  expect(await findWebhook(dead)).toMatchObject({ status: "failed", attempts: 10 });
});

test("a payload is shown without what opens something, and cut where it is huge", () => {
  const secret = "polar_c_Abc123Abc123Abc123";
  const { text, left } = showPayload(
    JSON.stringify({ data: { client_secret: secret, url: `https://polar.sh/c/${secret}`, n: 1 } }),
  );
  expect(left).toBe(0);
  expect(text).not.toContain(secret);
  expect(text).toContain('\n    "n": 1');
  const huge = showPayload(JSON.stringify({ data: "x".repeat(1_000_000) }));
  expect(huge.text.length + huge.left).toBeGreaterThan(1_000_000);
  expect(huge.text.length).toBeLessThan(100_000);
  expect(showPayload(`no JSON, ${secret}`).text).toBe("no JSON, [secret]");
});
