import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { benefitGrants, subscriptions, usageEvents } from "@/db/schema";
import { spend } from "@/lib/usage/spend";
import { person } from "../support/people";

afterAll(closeDb);

const long = "2026-01-01T00:00:00Z";

test("the free plan lets exactly its allowance through, however many ask at once", async () => {
  const { id } = await person();
  const results = await Promise.all(Array.from({ length: 80 }, () => spend(id, 1, randomUUID())));
  expect(results.filter((result) => result.ok)).toHaveLength(50);
  const rows = await db().select().from(usageEvents).where(eq(usageEvents.workspaceId, id));
  expect(rows).toHaveLength(50);
  expect(rows.every((row) => !row.billable)).toBe(true);
});

test("the same key is the same use", async () => {
  const { id } = await person();
  const key = randomUUID();
  await spend(id, 1, key);
  await spend(id, 1, key);
  expect(await db().select().from(usageEvents).where(eq(usageEvents.workspaceId, id))).toHaveLength(
    1,
  );
});

test("a pack on the free plan is used after the allowance, and only its use is billable", async () => {
  const { id } = await person();
  await db().insert(benefitGrants).values({
    id: randomUUID(),
    workspaceId: id,
    customerId: "c",
    versionAt: long,
    observedAt: long,
    benefitId: "b",
    benefitKey: "credits-pack",
    benefitType: "meter_credit",
    isGranted: true,
    units: 2,
  });
  await spend(id, 50, randomUUID());
  expect(await spend(id, 1, randomUUID())).toEqual({ ok: true, remaining: 1 });
  expect(await spend(id, 1, randomUUID())).toEqual({ ok: true, remaining: 0 });
  expect(await spend(id, 1, randomUUID())).toMatchObject({ ok: false, reason: "allowance" });
  const billable = await db()
    .select()
    .from(usageEvents)
    .where(and(eq(usageEvents.workspaceId, id), eq(usageEvents.billable, true)));
  expect(billable).toHaveLength(2);
});

test("a metered plan goes on past its allowance", async () => {
  const { id } = await person();
  await db().insert(subscriptions).values({
    id: randomUUID(),
    workspaceId: id,
    customerId: "c",
    versionAt: long,
    observedAt: long,
    productId: "p",
    productKey: "pro-monthly",
    status: "active",
    amount: 1900,
    currency: "usd",
    interval: "month",
    currentPeriodStart: long,
    currentPeriodEnd: "2099-01-01T00:00:00Z",
    cancelAtPeriodEnd: false,
  });
  expect(await spend(id, 5_000, randomUUID())).toEqual({ ok: true, remaining: 0 });
  expect(await spend(id, 1, randomUUID())).toEqual({ ok: true, remaining: 0 });
});
