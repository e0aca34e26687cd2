import { randomUUID } from "node:crypto";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { usageEvents, usageHours } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { track } from "@/lib/usage";
import { balanceOf } from "@/lib/usage/balance";
import { claimUses, releaseUses } from "@/lib/usage/claim";
import { countUsage } from "@/lib/usage/count";
import { flushUsage } from "@/lib/usage/flush";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";
import { flushAll, use } from "../support/use";

const shop = ownShop();

const event = "qr_code.generated";
async function subscribed(): Promise<Viewer> {
  const who = await viewer();
  await shop.buyer.buy(who, "pro-monthly");
  await pullWorkspace(who.workspaceId);
  return who;
}
const count = (who: Viewer, units: number, more: { format?: "svg"; source?: string } = {}) => {
  const { source, ...metadata } = more;
  return track(
    who.workspaceId,
    event,
    { units, ...metadata },
    { idempotencyKey: randomUUID(), ...(source ? { source } : {}) },
  );
};
const events = async (who: Viewer) =>
  (await polar().events.list({ external_customer_id: who.workspaceId, limit: 100 })).items.filter(
    ({ source }) => source === "user",
  );
/** What Polar's meter has counted, and what is counted here, in the current window. */
async function standing(who: Viewer) {
  await shop.buyer.settle();
  await pullWorkspace(who.workspaceId);
  const entitlement = await readEntitlement(db(), who.workspaceId);
  const counted = await countUsage(db(), who.workspaceId, entitlement);
  const meters = await polar().customerMeters.list({ external_customer_id: who.workspaceId });
  return {
    polar: meters.items[0]?.consumed_units,
    here: counted.billable,
    used: balanceOf(entitlement, counted).used,
    start: entitlement.meterWindow.start,
  };
}
const ingests = async (work: () => Promise<unknown>) => {
  const calls = vi.spyOn(globalThis, "fetch");
  await work();
  const { length } = calls.mock.calls.filter(([url]) => String(url).includes("/events/ingest"));
  calls.mockRestore();
  return length;
};

test("an event reaches Polar with all of its metadata, and is summed by hour and source", async () => {
  const who = await subscribed();
  await count(who, 2, { format: "svg", source: "key-1" });
  await count(who, 3, { source: "key-1" });
  await count(who, 4);
  expect(await flushUsage()).toEqual({ settled: 3, parked: 0, pausedUntil: null });
  const sent = await events(who);
  expect(sent.map(({ metadata }) => metadata)).toContainEqual({ units: 2, format: "svg" });
  const hours = await db()
    .select()
    .from(usageHours)
    .where(eq(usageHours.workspaceId, who.workspaceId));
  expect(hours.map(({ source, billableUnits }) => [source, billableUnits]).sort()).toEqual([
    ["", 4],
    ["key-1", 5],
  ]);
  expect(await standing(who)).toMatchObject({ polar: 9, here: 9 });
});

test("1,200 uses go out in batches of hundreds, by several workers at once, each once", async () => {
  const who = await subscribed();
  await db()
    .insert(usageEvents)
    .values(
      Array.from({ length: 1_200 }, () => ({
        workspaceId: who.workspaceId,
        name: event,
        units: 1,
        billableUnits: 1,
        idempotencyKey: randomUUID(),
      })),
    );
  const calls = await ingests(() => Promise.all([flushUsage(), flushUsage(), flushUsage()]));
  expect(calls).toBeLessThanOrEqual(6);
  expect(await standing(who)).toMatchObject({ polar: 1_200, here: 1_200 });
});

test("no transaction is open while Polar is asked", async () => {
  const who = await subscribed();
  await count(who, 1);
  await shop.buyer.faults({ api: { latency_ms: 300, path: "/v1/events" } });
  const flushing = flushUsage();
  const openWhileClaimed = async () => {
    const [found] = await db().execute<{ open: number; claimed: number }>(sql`
      select (select count(*)::int from pg_stat_activity
          where datname = current_database() and state like 'idle in transaction%') as open,
        (select count(*)::int from usage_events
          where workspace_id = ${who.workspaceId} and claimed_until > now()) as claimed`);
    return found;
  };
  await expect.poll(openWhileClaimed, { interval: 10 }).toEqual({ open: 0, claimed: 1 });
  await flushing;
  await shop.buyer.faults();
  expect(await events(who)).toHaveLength(1);
});

test("what a dead worker had in hand waits for its claim to end, and is sent once although Polar has it", async () => {
  const who = await subscribed();
  await count(who, 5);
  const [claimed] = await claimUses(10);
  await polar().events.ingest({
    events: [
      {
        name: event,
        external_id: claimed?.id ?? "",
        external_customer_id: who.workspaceId,
        metadata: { units: 5 },
      },
    ],
  });
  expect(await ingests(flushUsage)).toBe(0);
  // As if two minutes had passed.
  await db()
    .update(usageEvents)
    .set({ claimedUntil: sql`now() - interval '1 second'` })
    .where(eq(usageEvents.id, claimed?.id ?? ""));
  expect(await flushUsage()).toMatchObject({ settled: 1 });
  expect(await standing(who)).toMatchObject({ polar: 5, here: 5 });
});

test("after a 429 no worker asks before the moment that Polar has named", async () => {
  const who = await subscribed();
  await count(who, 1);
  const faulty = { fault: "rate_limit", retry_after: 2, remaining: 1, path: "/v1/events/ingest" };
  await shop.buyer.faults({ api: faulty });
  const asked = Date.now();
  const { pausedUntil } = await flushUsage();
  expect(pausedUntil?.getTime()).toBeGreaterThan(asked + 1_900);
  expect(await ingests(() => Promise.all([flushUsage(), flushUsage()]))).toBe(0);
  const uses = await claimUses(10);
  expect(uses).toHaveLength(1);
  await releaseUses(uses);
  const [job] = await db().execute<{ run_at: string }>(
    sql`select run_at from graphile_worker.jobs where key = 'flush-usage-after-pause'`,
  );
  expect(new Date(job?.run_at ?? 0)).toEqual(pausedUntil);
  await flushAll();
  expect(await events(who)).toHaveLength(1);
});

test("one bad event of many is set aside with Polar's reason, counted nowhere, and the others are taken", async () => {
  const who = await subscribed();
  const values = (index: number) => ({
    workspaceId: who.workspaceId,
    name: index === 77 ? "x".repeat(200) : event,
    units: 1,
    billableUnits: 1,
    idempotencyKey: randomUUID(),
  });
  await db()
    .insert(usageEvents)
    .values(Array.from({ length: 150 }, (_, index) => values(index)));
  expect(await flushUsage()).toEqual({ settled: 149, parked: 1, pausedUntil: null });
  expect(await flushUsage()).toEqual({ settled: 0, parked: 0, pausedUntil: null });
  expect(await standing(who)).toMatchObject({ polar: 149, here: 149 });
});

test("a batch that is too large is sent in parts, and an event that is too large by itself is set aside", async () => {
  const who = await subscribed();
  const notes = (length: number) =>
    Object.fromEntries(Array.from({ length: 45 }, (_, n) => [`note_${n}`, "x".repeat(length)]));
  const values = (index: number) => ({
    workspaceId: who.workspaceId,
    name: event,
    units: 1,
    billableUnits: 1,
    idempotencyKey: randomUUID(),
    // 6 MB, which no batch has room for, and 20 kB, of which 300 are over the 5 MB that fit.
    metadata: notes(index === 77 ? 133_000 : 450),
  });
  await db()
    .insert(usageEvents)
    .values(Array.from({ length: 300 }, (_, index) => values(index)));
  expect(await flushUsage()).toEqual({ settled: 299, parked: 1, pausedUntil: null });
  expect(await standing(who)).toMatchObject({ polar: 299, here: 299 });
});

describe("a meter window's end", () => {
  test("what Polar hears of after it counts in the next window, here as there", async () => {
    const who = await subscribed();
    await count(who, 40);
    await flushUsage();
    const first = await standing(who);
    expect(first).toMatchObject({ polar: 40, here: 40, used: 40 });
    await count(who, 7);
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
    // Accepted before the end and not at Polar yet: of the new window already.
    const second = await standing(who);
    expect(second.start.getTime()).toBeGreaterThan(first.start.getTime());
    expect(second).toMatchObject({ here: 7, used: 7 });
    await flushUsage();
    expect(await standing(who)).toMatchObject({ polar: 7, here: 7, used: 7 });
    const [late] = await db()
      .select()
      .from(usageEvents)
      .where(and(eq(usageEvents.workspaceId, who.workspaceId), eq(usageEvents.units, 7)));
    expect(late?.settledAt?.getTime()).toBeGreaterThan(second.start.getTime());
    expect(late?.occurredAt.getTime()).toBeLessThan(second.start.getTime());
  });

  test("pack units of a late use are of the window that Polar counts it in", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "pack-1000");
    await shop.buyer.buy(who, "pro-monthly");
    await pullWorkspace(who.workspaceId);
    await use(who.workspaceId, 5_300);
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
    await standing(who);
    await flushUsage();
    const { polar: consumed, here } = await standing(who);
    expect([consumed, here]).toEqual([5_300, 5_300]);
    // The pack pays for the same 300 once.
    await use(who.workspaceId, 100);
    const rows = await db()
      .select()
      .from(usageEvents)
      .where(eq(usageEvents.workspaceId, who.workspaceId));
    expect(rows.map(({ packUnits }) => packUnits).sort()).toEqual([100, 300]);
  });
});

test("nothing is left behind", async () => {
  await flushUsage();
  expect(
    await db()
      .select()
      .from(usageEvents)
      .where(and(isNull(usageEvents.settledAt), inArray(usageEvents.name, [event]))),
  ).toEqual([]);
});
