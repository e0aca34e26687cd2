import { randomUUID } from "node:crypto";
import { inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { closeDb, db } from "@/db/client";
import { alerts, webhookInbox } from "@/db/schema";
import { evaluateAlerts } from "@/lib/alerts/evaluate";
import { startReceiver } from "./receiver";
import { ownWorld, type World } from "./world";

/** The alerts that are open. */
export async function openKeys(): Promise<string[]> {
  const rows = await db().select().from(alerts).where(sql`resolved_at is null`).orderBy(alerts.key);
  return rows.map(({ key }) => key);
}

/**
 * A world of the test file's own, with an endpoint at the local Polar, in which alerts open. Each test of it
 * leaves what is right: nothing is open after it.
 */
export function watchedWorld() {
  let open: { world: World; endpointId: string; close: () => void } | undefined;
  const needed = () => {
    if (!open) throw new Error("The world is there before the first test, not earlier.");
    return open;
  };
  beforeAll(async () => {
    const world = await ownWorld({ backoffBaseMs: 1 });
    const { endpointId, close } = await startReceiver(world);
    open = { world, endpointId, close };
  });
  afterEach(async () => {
    await evaluateAlerts();
    expect(await openKeys()).toEqual([]);
  });
  afterAll(async () => {
    open?.close();
    await open?.world.close();
    await closeDb();
  });
  return {
    get call() {
      return needed().world.call;
    },
    get endpointId() {
      return needed().endpointId;
    },
  };
}

export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
export const ids = (n: number) => Array.from({ length: n }, () => randomUUID());

/** Stores so many webhooks. @returns what takes them away again. */
export async function webhooks(n: number, change: Partial<typeof webhookInbox.$inferInsert>) {
  const stored = ids(n);
  const rows = stored.map((webhookId) => ({ webhookId, type: "order.paid", ...change }));
  await db().insert(webhookInbox).values(rows);
  return () => db().delete(webhookInbox).where(inArray(webhookInbox.webhookId, stored));
}
