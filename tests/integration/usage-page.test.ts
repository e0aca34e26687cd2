import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { createApiKey } from "@/lib/api-keys";
import { meter } from "@/lib/billing/catalog";
import { getUsageByKey, listPeriods, spend } from "@/lib/usage";
import { usageCsv } from "@/lib/usage/csv";
import { noticeUsage } from "@/lib/usage/notices";
import { person } from "../support/people";
import { subscriber } from "../support/plan";
import { flushAll, use } from "../support/use";
import { ownWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await ownWorld();
});
afterAll(async () => {
  await world.close();
  await closeDb();
});

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

test("periods are kept as they were last counted, each until the next begins", async () => {
  const id = await subscriber({ start: "2026-09-01T10:00:00Z" });
  const review = () => db().transaction((tx) => noticeUsage(tx, id));
  await review();
  expect(await listPeriods(id)).toEqual([]);
  await use(id, 7_000);
  await review();
  await db()
    .update(subscriptions)
    .set({ currentPeriodStart: "2026-10-01T10:00:00Z", currentPeriodEnd: "2026-11-01T10:00:00Z" })
    .where(eq(subscriptions.workspaceId, id));
  await review();
  const [newest, before] = await listPeriods(id);
  expect(newest).toMatchObject({
    start: new Date("2026-10-01T10:00:00Z"),
    end: new Date("2026-11-01T10:00:00Z"),
    plan: "Pro",
  });
  expect(before).toEqual({
    start: new Date("2026-09-01T10:00:00Z"),
    end: new Date("2026-10-01T10:00:00Z"),
    plan: "Pro",
    used: 7_000,
    included: 5_000,
    overageUnits: 2_000,
  });
});
