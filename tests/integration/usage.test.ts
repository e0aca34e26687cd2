import { randomUUID } from "node:crypto";
import { and, eq, gt } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { person } from "../support/people";
import { givePack, subscriber } from "../support/plan";
import { use } from "../support/use";

afterAll(closeDb);

test("the free plan lets exactly its allowance through, however many ask at once", async () => {
  const { id } = await person();
  const results = await Promise.all(Array.from({ length: 80 }, () => use(id, 1)));
  expect(results.filter((result) => result.ok)).toHaveLength(50);
  const rows = await db().select().from(usageEvents).where(eq(usageEvents.workspaceId, id));
  expect(rows).toHaveLength(50);
  expect(rows.every(({ billableUnits }) => billableUnits === 0)).toBe(true);
});

test("the same key is the same use", async () => {
  const { id } = await person();
  const key = randomUUID();
  await use(id, 1, key);
  await use(id, 1, key);
  expect(await db().select().from(usageEvents).where(eq(usageEvents.workspaceId, id))).toHaveLength(
    1,
  );
});

test("a pack on the free plan is used after the allowance, and only its use is billable", async () => {
  const { id } = await person();
  await givePack(id, 2);
  await use(id, 50);
  expect(await use(id, 1)).toEqual({ ok: true, remaining: 1 });
  expect(await use(id, 1)).toEqual({ ok: true, remaining: 0 });
  expect(await use(id, 1)).toMatchObject({ ok: false, reason: "allowance" });
  const billable = await db()
    .select()
    .from(usageEvents)
    .where(and(eq(usageEvents.workspaceId, id), gt(usageEvents.billableUnits, 0)));
  expect(billable).toHaveLength(2);
});

test("a metered plan goes on past its allowance", async () => {
  const id = await subscriber();
  expect(await use(id, 5_000)).toEqual({ ok: true, remaining: 0 });
  expect(await use(id, 1)).toEqual({ ok: true, remaining: 0 });
});
