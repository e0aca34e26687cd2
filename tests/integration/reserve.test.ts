import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { usageEvents, usageReservations } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { reserve, spend, track } from "@/lib/usage";
import { balanceOf } from "@/lib/usage/balance";
import { countUsage } from "@/lib/usage/count";
import { type Reservation, sweepReservations } from "@/lib/usage/reserve";
import { UsageEventError } from "@/lib/usage/use";
import { person } from "../support/people";
import { givePack } from "../support/plan";
import { use } from "../support/use";

afterAll(closeDb);

const event = "qr_code.generated";
const ask = (workspaceId: string, units: number, idempotencyKey: string = randomUUID()) =>
  reserve(workspaceId, event, { units }, { idempotencyKey });
const uses = (workspaceId: string) =>
  db().select().from(usageEvents).where(eq(usageEvents.workspaceId, workspaceId));
async function balance(workspaceId: string) {
  const entitlement = await readEntitlement(db(), workspaceId);
  return balanceOf(entitlement, await countUsage(db(), workspaceId, entitlement));
}
async function granted(asked: Promise<Reservation>) {
  const reservation = await asked;
  if (!reservation.ok) throw new Error(reservation.reason);
  return reservation;
}
/** As if so many minutes had passed. */
const expire = (workspaceId: string) =>
  db()
    .update(usageReservations)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(usageReservations.workspaceId, workspaceId));

test("of 1,000 requests at once a limit of 100 lets exactly 100 through", {
  timeout: 120_000,
}, async () => {
  const { id } = await person();
  await givePack(id, 50);
  const asked = await Promise.all(Array.from({ length: 1_000 }, () => ask(id, 1)));
  const passed = asked.filter((reservation) => reservation.ok);
  expect(passed).toHaveLength(100);
  expect(asked.find((reservation) => !reservation.ok)).toEqual({
    ok: false,
    reason: "allowance",
    remaining: 0,
  });
  expect(await uses(id)).toEqual([]);
  await Promise.all(passed.map(({ commit }) => commit()));
  expect(await balance(id)).toMatchObject({ used: 100, remaining: 0, available: 0 });
  expect(await ask(id, 1)).toMatchObject({ ok: false });
});

test("what is released can be used by others, what is committed cannot", async () => {
  const { id } = await person();
  const [one, other] = [await granted(ask(id, 30)), await granted(ask(id, 20))];
  expect(other.remaining).toBe(0);
  expect(await ask(id, 1)).toMatchObject({ ok: false });
  await one.release();
  expect(await balance(id)).toMatchObject({ used: 0, remaining: 50, available: 30 });
  expect(await other.commit()).toEqual({ ok: true, remaining: 30 });
  await other.release();
  expect(await balance(id)).toMatchObject({ used: 20, remaining: 30, available: 30 });
});

test("a key is one reservation and one use, however often it is reserved and committed", async () => {
  const { id } = await person();
  const key = randomUUID();
  const twins = [await granted(ask(id, 30, key)), await granted(ask(id, 30, key))];
  await Promise.all(twins.flatMap(({ commit }) => [commit(), commit()]));
  expect(await spend(id, event, { units: 30 }, { idempotencyKey: key })).toEqual({
    ok: true,
    remaining: 20,
  });
  expect(await (await granted(ask(id, 30, key))).commit()).toEqual({ ok: true, remaining: 20 });
  expect(await uses(id)).toHaveLength(1);
});

test("a key that comes with other units is refused, and what it holds or has used stays", async () => {
  const { id } = await person();
  const [key, other] = [randomUUID(), randomUUID()];
  const first = await granted(ask(id, 40, key));
  await expect(ask(id, 1, key)).rejects.toThrow(UsageEventError);
  await expect(use(id, 1, key)).rejects.toThrow(
    "names a use of 40 units, and cannot name one of 1",
  );
  expect(await ask(id, 11)).toMatchObject({ ok: false, remaining: 10 });
  expect(await first.commit()).toEqual({ ok: true, remaining: 10 });
  await expect(use(id, 41, key)).rejects.toThrow(UsageEventError);
  await expect(ask(id, 41, key)).rejects.toThrow(UsageEventError);
  await expect(track(id, event, { units: 41 }, { idempotencyKey: key })).rejects.toThrow(
    UsageEventError,
  );
  const late = await granted(ask(id, 10, other));
  await expire(id);
  const newer = await granted(ask(id, 1, other));
  await expect(late.commit()).rejects.toThrow(UsageEventError);
  expect(await newer.commit()).toEqual({ ok: true, remaining: 9 });
  expect(await balance(id)).toMatchObject({ used: 41, available: 9 });
});

test("who asks again under a key takes nothing from the one who holds it", async () => {
  const { id } = await person();
  const key = randomUUID();
  const first = await granted(ask(id, 30, key));
  await track(id, event, { units: 25 }, { idempotencyKey: randomUUID() });
  const twin = await granted(ask(id, 30, key));
  await twin.release();
  await twin.release();
  expect(await ask(id, 1)).toMatchObject({ ok: false, remaining: 0 });
  expect(await first.commit()).toEqual({ ok: true, remaining: 0 });
  expect(await uses(id)).toHaveLength(2);
});

test("units that several hold under a key count once, and are free when the last has released", async () => {
  const { id } = await person();
  const key = randomUUID();
  const holders = [await granted(ask(id, 30, key)), await granted(ask(id, 30, key))];
  expect(holders.map(({ remaining }) => remaining)).toEqual([20, 20]);
  expect(await balance(id)).toMatchObject({ available: 20 });
  await holders[0]?.release();
  expect(await balance(id)).toMatchObject({ available: 20 });
  await holders[1]?.release();
  expect(await balance(id)).toMatchObject({ available: 50 });
});

test("whoever dies holds the units until the time is over", async () => {
  const { id } = await person();
  await granted(ask(id, 50));
  expect(await ask(id, 50)).toMatchObject({ ok: false });
  await expire(id);
  expect(await ask(id, 50)).toMatchObject({ ok: true });
  await expire(id);
  await sweepReservations();
  expect(
    await db().select().from(usageReservations).where(eq(usageReservations.workspaceId, id)),
  ).toEqual([]);
});

test("a commit that comes too late asks again: refused when others took the units, else the use", async () => {
  const { id } = await person();
  const [late, later] = [await granted(ask(id, 30)), await granted(ask(id, 20))];
  await expire(id);
  const other = await granted(ask(id, 50));
  expect(await late.commit()).toEqual({ ok: false, reason: "allowance", remaining: 0 });
  await other.release();
  await sweepReservations();
  expect(await later.commit()).toEqual({ ok: true, remaining: 30 });
  expect(await uses(id)).toHaveLength(1);
});
