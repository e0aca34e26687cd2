import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { usageArchive, usageEvents } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { track } from "@/lib/usage";
import { archiveUsage } from "@/lib/usage/archive";
import { countUsage } from "@/lib/usage/count";
import { flushUsage } from "@/lib/usage/flush";
import { dropPartitionsBefore, makePartitions, monthOf } from "@/lib/usage/partitions";
import { getUsage } from "@/lib/usage/summary";
import { person } from "../support/people";
import { subscribe } from "../support/plan";
import { withWorld } from "../support/shop";

withWorld();

const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs);
const live = (id: string) => db().select().from(usageEvents).where(eq(usageEvents.workspaceId, id));
const archived = (id: string) =>
  db().select().from(usageArchive).where(eq(usageArchive.workspaceId, id));
async function counted(id: string) {
  const { billable, free, packEver } = await countUsage(db(), id, await readEntitlement(db(), id));
  return { billable, free, packEver };
}
async function months(): Promise<string[]> {
  const rows = await db().execute<{ name: string }>(sql`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'usage_archive'::regclass order by 1`);
  return rows.map(({ name }) => name);
}
/** A use that was made, and taken by Polar, so many days ago. */
async function usedAgo(id: string, days: number, values: Partial<typeof usageEvents.$inferInsert>) {
  await db()
    .insert(usageEvents)
    .values({
      workspaceId: id,
      name: "qr_code.generated",
      units: 1,
      billableUnits: 1,
      idempotencyKey: randomUUID(),
      occurredAt: ago(days),
      ...values,
    });
}

test("uses move to the month that Polar took them in once their keys have held for a week; the count stays", async () => {
  const { id } = await person();
  await subscribe(id, { start: ago(20).toISOString() });
  for (const days of [1, 6.9, 7.1, 12, 19]) await usedAgo(id, days, { units: 2, billableUnits: 2 });
  await flushUsage();
  // Polar took them now; a month ago it is as if it had taken the oldest then.
  await usedAgo(id, 40, { settledAt: ago(40) });
  await usedAgo(id, 9, { settledAt: ago(9), rejectedReason: "bad" });
  const before = await counted(id);
  expect(before).toEqual({ billable: 10, free: 0, packEver: 0 });
  await archiveUsage();
  expect(await counted(id)).toEqual(before);
  expect(await archived(id)).toHaveLength(4);
  expect((await live(id)).map(({ rejectedReason }) => rejectedReason).sort()).toEqual([
    "bad",
    null,
    null,
  ]);
  expect(await months()).toEqual(
    [...new Set([monthOf(ago(40)), ...[0, 1, 2].map((offset) => monthOf(new Date(), offset))])]
      .sort()
      .map((month) => `usage_archive_${month.replace("-", "_")}`),
  );
});

test("the part of an hour at a window's start is counted to the unit, archived or not", async () => {
  const { id } = await person();
  // Half past an hour, eight days ago: rows on both sides of it are in the same hour.
  const start = new Date(Math.floor(ago(8).getTime() / 3_600_000) * 3_600_000 + 1_800_000);
  await subscribe(id, { start: start.toISOString() });
  for (const [minutes, units] of [
    [-10, 1],
    [0, 2],
    [10, 4],
    [40, 8],
  ] as const) {
    const at = new Date(start.getTime() + minutes * 60_000);
    await usedAgo(id, 0, { units, billableUnits: units, occurredAt: at });
  }
  // As if Polar had taken each at once.
  await flushUsage();
  await db().execute(sql`delete from usage_totals where workspace_id = ${id}`);
  await db().execute(sql`
    with moved as (update usage_events set settled_at = occurred_at where workspace_id = ${id} returning *)
    insert into usage_totals (workspace_id, hour, billable_units)
    select workspace_id, date_trunc('hour', settled_at, 'UTC'), sum(units) from moved group by 1, 2`);
  expect(await counted(id)).toMatchObject({ billable: 14 });
  await archiveUsage();
  expect(await live(id)).toEqual([]);
  expect(await counted(id)).toMatchObject({ billable: 14 });
  const { daily, used } = await getUsage(id);
  expect(daily.reduce((sum, { units }) => sum + units, 0)).toBe(used);
});

test("a key that is a week old is another use, a younger one the same", async () => {
  const { id } = await person();
  await subscribe(id);
  const old = { idempotencyKey: "old" };
  const young = { idempotencyKey: "young" };
  await usedAgo(id, 7.1, old);
  await usedAgo(id, 6.9, young);
  await flushUsage();
  await archiveUsage();
  for (const options of [old, young]) await track(id, "qr_code.generated", { units: 1 }, options);
  await flushUsage();
  expect(await counted(id)).toMatchObject({ billable: 3 });
});

test("two workers archive each use once", async () => {
  const { id } = await person();
  for (let index = 0; index < 50; index++) await usedAgo(id, 10, { billableUnits: 0 });
  await flushUsage();
  await Promise.all([archiveUsage(), archiveUsage(), archiveUsage()]);
  expect(await archived(id)).toHaveLength(50);
});

test("partitions past the retention are dropped, and what was used stays counted", async () => {
  const { id } = await person();
  await makePartitions(["2019-11", "2019-12", "2020-01"]);
  expect(await months()).toContain("usage_archive_2019_11");
  expect(await dropPartitionsBefore("2020-01")).toEqual(["2019-11", "2019-12"]);
  expect(await dropPartitionsBefore("2020-01")).toEqual([]);
  await usedAgo(id, 800, { packUnits: 1 });
  await flushUsage();
  await db()
    .update(usageEvents)
    .set({ settledAt: ago(800) })
    .where(eq(usageEvents.workspaceId, id));
  await archiveUsage();
  expect(await months()).not.toContain("usage_archive_2020_01");
  expect([await live(id), await archived(id)]).toEqual([[], []]);
  expect(await counted(id)).toMatchObject({ packEver: 1 });
});
