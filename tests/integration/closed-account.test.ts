import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { accountDeletions, apiKeys, usageEvents, usageHours } from "@/db/schema";
import { deleteAccounts } from "@/lib/account/deletion/perform";
import { requestDeletion } from "@/lib/account/deletion/request";
import { authenticate, createApiKey } from "@/lib/api-keys";
import type { Viewer } from "@/lib/auth";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { polar } from "@/lib/polar";
import { reserve, spend, track } from "@/lib/usage";
import { flushUsage } from "@/lib/usage/flush";
import { insertMetered } from "@/lib/usage/insert";
import { setSpendingCap } from "@/lib/usage/spending-cap";
import { readUse } from "@/lib/usage/use";
import { AccountEndedError } from "@/lib/workspaces";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";

const shop = ownShop();

const event = "qr_code.generated";
const once = () => ({ idempotencyKey: randomUUID() });
const wanted = { name: "Late", scopes: [], days: null };

async function subscribed(): Promise<Viewer> {
  const who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await pullWorkspace(who.workspaceId);
  return who;
}

const rows = async ({ workspaceId }: Viewer) => [
  ...(await db().select().from(usageEvents).where(eq(usageEvents.workspaceId, workspaceId))),
  ...(await db().select().from(usageHours).where(eq(usageHours.workspaceId, workspaceId))),
  ...(await db().select().from(apiKeys).where(eq(apiKeys.workspaceId, workspaceId))),
];

/** What somebody may try whose request was under way when the account was closed. */
const tries = (who: Viewer): Record<string, () => Promise<unknown>> => ({
  spend: () => spend(who.workspaceId, event, { units: 1 }, once()),
  reserve: () => reserve(who.workspaceId, event, { units: 1 }, once()),
  track: () => track(who.workspaceId, event, { units: 1 }, once()),
  createApiKey: () => createApiKey(who, wanted),
  setSpendingCap: () => setSpendingCap(who.workspaceId, who.userId, 100),
});

test.each([["free"], ["metered"]])(
  "once a deletion is asked for, nothing is used and no key is made: %s",
  async (plan) => {
    const who = plan === "free" ? await viewer() : await subscribed();
    const early = await reserve(who.workspaceId, event, { units: 1 }, once());
    const key = await createApiKey(who, wanted);
    await shop.buyer.faults({ api: { fault: "error_503" } });
    expect(await requestDeletion(who, who.email)).toBe("under_way");
    const before = await rows(who);
    for (const [name, attempt] of Object.entries(tries(who)))
      await expect(attempt(), name).rejects.toThrow(AccountEndedError);
    if (early.ok) await expect(early.commit()).rejects.toThrow(AccountEndedError);
    expect(await rows(who)).toEqual(before);
    // As a key that was made in the moment before would be.
    await db()
      .update(apiKeys)
      .set({ revokedAt: null })
      .where(eq(apiKeys.workspaceId, who.workspaceId));
    expect(await authenticate(`Bearer ${key?.token}`)).toBe("revoked");

    await shop.buyer.faults();
    await deleteAccounts();
    for (const [name, attempt] of Object.entries(tries(who)))
      await expect(attempt(), name).rejects.toThrow(AccountEndedError);
    await flushUsage();
    expect(await rows(who)).toEqual([]);
    expect(await authenticate(`Bearer ${key?.token}`)).toBe("unknown");
  },
);

const advisoryLockWaits = async () => {
  const [found] = await db().execute<{ waits: number }>(
    "select count(*)::int as waits from pg_locks where locktype = 'advisory' and not granted",
  );
  return found?.waits;
};

test("a deletion waits for a use that is just being written down, and Polar hears of it", async () => {
  const who = await subscribed();
  const late = readUse(who.workspaceId, event, { units: 9 }, once());
  let deleting: Promise<unknown> = Promise.resolve();
  await db().transaction(async (tx) => {
    expect((await insertMetered(tx, [late])).size).toBe(1);
    deleting = requestDeletion(who, who.email);
    await expect.poll(advisoryLockWaits, { interval: 10 }).toBe(1);
  });
  expect(await deleting).toBe("deleted");
  const [deletion] = await db()
    .select()
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, who.workspaceId));
  const customer_id = deletion?.customerIds[0] ?? "";
  const { items } = await polar().events.list({ customer_id, source: "user" });
  expect(items.map(({ metadata }) => metadata)).toMatchObject([{ units: 9 }]);
});

test("a use that waits for a deletion is not written down after it", async () => {
  const who = await subscribed();
  let tracking: Promise<unknown> = Promise.resolve();
  await db().transaction(async (tx) => {
    await lockWorkspace(tx, who.workspaceId);
    await tx.insert(accountDeletions).values({ workspaceId: who.workspaceId });
    tracking = track(who.workspaceId, event, { units: 1 }, once());
    await expect.poll(advisoryLockWaits, { interval: 10 }).toBe(1);
  });
  await expect(tracking).rejects.toThrow(AccountEndedError);
  expect(await rows(who)).toEqual([]);
});
