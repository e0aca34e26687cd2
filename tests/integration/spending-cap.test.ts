import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema";
import { reserve, track } from "@/lib/usage";
import { readCap, setSpendingCap } from "@/lib/usage/spending-cap";
import { getUsage } from "@/lib/usage/summary";
import { person } from "../support/people";
import { givePack, subscriber } from "../support/plan";
import { ownShop } from "../support/shop";
import { use } from "../support/use";

ownShop();

describe("a spending cap", () => {
  const cap = (id: string, amount: number | null) => setSpendingCap(id, id, amount);
  const stopped = { ok: false, reason: "spending_cap", remaining: 0 };

  test("of nothing is no overage; more lets exactly as much through as it pays for", async () => {
    const id = await subscriber();
    await use(id, 4_999);
    await cap(id, 0);
    expect(await use(id, 2)).toEqual({ ...stopped, remaining: 1 });
    expect(await use(id, 1)).toEqual({ ok: true, remaining: 0 });
    expect(await use(id, 1)).toEqual(stopped);
    // $0.21 pays for 105 units at $2 per 1,000.
    await cap(id, 21);
    const asked = await Promise.all(Array.from({ length: 130 }, () => use(id, 1)));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(105);
    expect(asked.find(({ ok }) => !ok)).toEqual(stopped);
    expect(await getUsage(id)).toMatchObject({
      overageUnits: 105,
      available: 0,
      spendingCap: { amount: 21, currency: "usd" },
    });
    await cap(id, null);
    expect(await use(id, 1)).toMatchObject({ ok: true });
  });

  test("counts what is reserved, and packs come before it", async () => {
    const id = await subscriber();
    await givePack(id, 10);
    await cap(id, 0);
    const held = await reserve(id, "qr_code.generated", { units: 5_008 }, { idempotencyKey: "a" });
    expect(held).toMatchObject({ ok: true, remaining: 2 });
    expect(await use(id, 3)).toEqual({ ...stopped, remaining: 2 });
  });

  test("does not lose what has been used: track() counts on", async () => {
    const id = await subscriber();
    await cap(id, 0);
    await track(id, "qr_code.generated", { units: 6_000 }, { idempotencyKey: "a" });
    expect(await getUsage(id)).toMatchObject({ used: 6_000, overageUnits: 1_000, available: 0 });
  });

  test("does nothing to a plan without overage, and is written into the audit", async () => {
    const { id } = await person();
    await cap(id, 0);
    await cap(id, 500);
    expect(await use(id, 50)).toEqual({ ok: true, remaining: 0 });
    expect(await use(id, 1)).toMatchObject({ reason: "allowance" });
    const rows = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.workspaceId, id))
      .orderBy(auditLog.id);
    expect(rows.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: "spending_cap.set", before: null, after: { amount: 0, currency: "usd" } },
      {
        action: "spending_cap.set",
        before: { amount: 0, currency: "usd" },
        after: { amount: 500, currency: "usd" },
      },
    ]);
  });

  test.each([
    ["20", 2_000],
    ["20.5", 2_050],
    [" 0.07 ", 7],
    ["0", 0],
    ["", null],
    [undefined, undefined],
    ["-1", undefined],
    ["1e3", undefined],
    ["20.505", undefined],
    ["20,50", undefined],
    ["1234567890", undefined],
    ["NaN", undefined],
  ])("reads %j as %j", (amount, expected) => {
    expect(readCap(new URLSearchParams(amount === undefined ? {} : { amount }))).toBe(expected);
  });
});
