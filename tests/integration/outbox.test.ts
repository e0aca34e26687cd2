import { randomUUID } from "node:crypto";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { ensureCustomer } from "@/lib/billing/customer";
import { polar } from "@/lib/polar";
import { flushUsage } from "@/lib/usage/flush";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";

const shop = ownShop();

describe("usage", () => {
  const eventOf = (who: Viewer) => ({
    workspaceId: who.workspaceId,
    name: "qr_code.created",
    units: 1,
    billableUnits: 1,
    idempotencyKey: randomUUID(),
  });
  async function use(who: Viewer, count: number): Promise<void> {
    await db()
      .insert(usageEvents)
      .values(Array.from({ length: count }, () => eventOf(who)));
  }
  const events = async (who: Viewer) =>
    (await polar().events.list({ external_customer_id: who.workspaceId, limit: 100 })).items.filter(
      ({ source }) => source === "user",
    );

  test("what waits is sent once, also when the answer was lost on the way", async () => {
    const who = await viewer();
    await ensureCustomer(who);
    await use(who, 3);
    await shop.buyer.faults({ api: { fault: "reset", remaining: 3, path: "/v1/events/ingest" } });
    await expect(flushUsage()).rejects.toThrow();
    await shop.buyer.faults();
    expect(await events(who)).toHaveLength(3);
    await flushUsage();
    await flushUsage();
    expect(await events(who)).toHaveLength(3);
  });

  test("two workers at once send each use once", async () => {
    const who = await viewer();
    await use(who, 20);
    await Promise.all([flushUsage(), flushUsage(), flushUsage()]);
    expect(await events(who)).toHaveLength(20);
  });

  test("a refused event is set aside and the others go through; one ahead of Polar's clock waits", async () => {
    const who = await viewer();
    await use(who, 2);
    const insert = async (values: Partial<typeof usageEvents.$inferInsert>) =>
      (
        await db()
          .insert(usageEvents)
          .values({
            ...eventOf(who),
            ...values,
          })
          .returning()
      )[0]?.id ?? "";
    const bad = await insert({ name: "x".repeat(200) });
    const early = await insert({ occurredAt: new Date(Date.now() + 3_600_000) });
    await flushUsage();
    expect(await events(who)).toHaveLength(2);
    const rows = await db()
      .select()
      .from(usageEvents)
      .where(inArray(usageEvents.id, [bad, early]));
    expect(rows.find(({ id }) => id === bad)?.rejectedReason).toContain("128");
    expect(rows.find(({ id }) => id === early)).toMatchObject({
      settledAt: null,
      rejectedReason: null,
    });
  });

  test("many that are ahead of Polar's clock cost few calls, and the job ends", async () => {
    const who = await viewer();
    const at = new Date(Date.now() + 3_600_000);
    await db()
      .insert(usageEvents)
      .values(
        Array.from({ length: 450 }, () => ({
          ...eventOf(who),
          occurredAt: at,
        })),
      );
    const calls = vi.spyOn(globalThis, "fetch");
    await flushUsage();
    const ingests = calls.mock.calls.filter(([url]) => String(url).includes("/events/ingest"));
    calls.mockRestore();
    expect(ingests.length).toBeLessThan(12);
    await db()
      .update(usageEvents)
      .set({ occurredAt: new Date(Date.now() - 1000) })
      .where(eq(usageEvents.workspaceId, who.workspaceId));
    await flushUsage();
    const left = await db()
      .select()
      .from(usageEvents)
      .where(and(eq(usageEvents.workspaceId, who.workspaceId), isNull(usageEvents.settledAt)));
    expect(left).toEqual([]);
  });
});
