import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { packTotals, subscriptions, usageEvents, usagePeriods } from "@/db/schema";
import { createApiKey } from "@/lib/api-keys";
import { meter } from "@/lib/billing/catalog";
import { getUsage, getUsageByKey, listPeriods, spend } from "@/lib/usage";
import { usageCsv } from "@/lib/usage/csv";
import { noticeUsageOf } from "@/lib/usage/notices";
import { person } from "../support/people";
import { givePack, subscribe, subscriber } from "../support/plan";
import { withWorld } from "../support/shop";
import { flushAll, use } from "../support/use";

withWorld();

async function keyOf(workspaceId: string, name: string): Promise<string> {
  const key = await createApiKey(
    { workspaceId, userId: workspaceId },
    { name, scopes: ["qr:write"], days: null },
  );
  return key?.id ?? "";
}

const useWith = (workspaceId: string, source: string, units: number) =>
  spend(workspaceId, meter.event, { units }, { idempotencyKey: randomUUID(), source });

async function csvOf(workspaceId: string): Promise<string[]> {
  let text = "";
  for await (const piece of usageCsv(workspaceId)) text += piece;
  return text.trimEnd().split("\r\n");
}

test("of a window longer than two months the last 62 days are shown", async () => {
  const id = await subscriber({ start: "2026-01-01T00:00:00Z" });
  const { daily } = await getUsage(id);
  expect(daily).toHaveLength(62);
  expect(daily.at(-1)?.date).toBe(new Date().toISOString().slice(0, 10));
});

test("use is told apart by key, what waits and what is settled together", async () => {
  const { id } = await person();
  const [shop, till] = [await keyOf(id, "Shop"), await keyOf(id, '=Till, "2"')];
  await useWith(id, shop, 5);
  await use(id, 2);
  await flushAll();
  await useWith(id, shop, 3);
  await useWith(id, till, 4);
  expect(await getUsageByKey(id)).toEqual([
    { id: shop, name: "Shop", units: 8 },
    { id: till, name: '=Till, "2"', units: 4 },
    { id: "", name: null, units: 2 },
  ]);
  expect(await getUsageByKey((await person()).id)).toEqual([]);

  const day = new Date().toISOString().slice(0, 10);
  const [head, ...rows] = await csvOf(id);
  expect(head).toBe("day,key,key_id,billable,free");
  expect(rows.toSorted()).toEqual(
    [`${day},,,0,2`, `${day},Shop,${shop},0,8`, `${day},"'=Till, ""2""",${till},0,4`].toSorted(),
  );
});

describe("periods", () => {
  const review = (id: string) => noticeUsageOf([id]);
  const secondsFromNow = (seconds: number) =>
    new Date(Math.floor(Date.now() / 1_000) * 1_000 + seconds * 1_000);
  const begin = (id: string, start: Date, end: Date) =>
    db()
      .update(subscriptions)
      .set({ currentPeriodStart: start.toISOString(), currentPeriodEnd: end.toISOString() })
      .where(eq(subscriptions.workspaceId, id));

  test("hold what was taken in them, also what was counted after them, and end when the next begins", async () => {
    const start = secondsFromNow(-864_000);
    const id = await subscriber({ start: start.toISOString() });
    await review(id);
    expect(await listPeriods(id)).toEqual([]);
    await use(id, 100);
    await review(id);
    expect(await listPeriods(id)).toEqual([]);
    await flushAll();
    await review(id);
    expect(await listPeriods(id)).toMatchObject([{ used: 100 }]);
    await use(id, 6_900);
    await flushAll();
    const next = secondsFromNow(60);
    await begin(id, next, secondsFromNow(2_678_460));
    await use(id, 5);
    await review(id);
    expect(await listPeriods(id)).toEqual([
      { start, end: next, plan: "Pro", used: 7_000, included: 5_000, overageUnits: 2_000 },
    ]);
  });

  test("of the free plan are there although they were settled after their month", async () => {
    const { id } = await person();
    await use(id, 30);
    await db()
      .update(usageEvents)
      .set({ occurredAt: sql`date_trunc('month', now(), 'UTC') - interval '1 second'` as never })
      .where(eq(usageEvents.workspaceId, id));
    await use(id, 2);
    await flushAll();
    await review(id);
    await review(id);
    expect(await listPeriods(id)).toMatchObject([
      { plan: "Free", used: 2, included: 50 },
      { plan: "Free", used: 30, included: 50, overageUnits: 0 },
    ]);
  });

  const windowsOf = async (id: string) =>
    (await listPeriods(id)).map(({ plan, start, end, used }) => [plan, start, end, used]);
  const endPlan = async (id: string) => {
    await db()
      .update(subscriptions)
      .set({ status: "canceled" })
      .where(eq(subscriptions.workspaceId, id));
    await review(id);
    await review(id);
  };
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
  const nextMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1));

  test("of a plan that ran until its end keep that end, and of one that was ended early have the moment", async () => {
    const [start, end] = [secondsFromNow(-40 * 86_400), secondsFromNow(30)];
    const id = await subscriber({ start: start.toISOString() });
    await begin(id, start, end);
    await use(id, 10);
    await flushAll();
    await review(id);
    const before = Date.now();
    await endPlan(id);
    const [[plan, from, until, used] = []] = await windowsOf(id);
    expect([plan, from, used]).toEqual(["Pro", start, 10]);
    expect((until as Date).getTime()).toBeGreaterThanOrEqual(before);
    expect((until as Date).getTime()).toBeLessThanOrEqual(Date.now());

    const ended = secondsFromNow(-60);
    await db().update(usagePeriods).set({ endsAt: ended }).where(eq(usagePeriods.workspaceId, id));
    await endPlan(id);
    expect((await windowsOf(id))[0]?.[2]).toEqual(ended);
  });

  test("of the free plan go on around a plan, with what was used before it", async () => {
    const { id } = await person();
    await use(id, 20);
    await subscribe(id, { start: new Date().toISOString() });
    await flushAll();
    await review(id);
    expect(await windowsOf(id)).toMatchObject([["Free", month, expect.any(Date), 20]]);
    await endPlan(id);
    expect(await windowsOf(id)).toMatchObject([["Free", month, nextMonth, 20]]);
  });

  test("are as newest counted, however many count at once", async () => {
    const id = await subscriber({ start: secondsFromNow(-864_000).toISOString() });
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        await use(id, 10);
        await flushAll();
        await review(id);
      }),
    );
    expect(await listPeriods(id)).toMatchObject([{ used: 120 }]);
  });
});

test("of packs the page names what they held for this period, not what was ever bought", async () => {
  const { id } = await person();
  for (const units of [1_000, 1_000]) await givePack(id, units);
  await db().insert(packTotals).values({ workspaceId: id, packUnits: 1_800 });
  expect(await getUsage(id)).toMatchObject({ packIncluded: 200 });
});

test("a workspace that cannot be noticed holds nobody up, and is asked for again", async () => {
  const [{ id }, { id: other }] = [await person(), await person()];
  await use(id, 1);
  await flushAll();
  const broken = `${other}\0`;
  await noticeUsageOf([broken, id]);
  expect(await listPeriods(id)).toMatchObject([{ used: 1 }]);
  await expect(noticeUsageOf([broken])).rejects.toThrow(AggregateError);
});
