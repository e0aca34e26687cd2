import { randomUUID } from "node:crypto";
import { count, eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { spend, track } from "@/lib/usage";
import { createTracker } from "@/lib/usage/tracker";
import { WorkspaceBusyError } from "@/lib/workspaces";
import { mostWaiting } from "@/lib/workspaces/turns";
import { person } from "../support/people";
import { subscriber } from "../support/plan";

afterAll(closeDb);

const event = "qr_code.generated";
const one = (workspaceId: string) =>
  spend(workspaceId, event, { units: 1 }, { idempotencyKey: randomUUID() });

async function units(workspaceId: string): Promise<number> {
  const [found] = await db()
    .select({ units: sql<string>`coalesce(sum(${usageEvents.units}), 0)` })
    .from(usageEvents)
    .where(eq(usageEvents.workspaceId, workspaceId));
  return Number(found?.units);
}

/** Holds a workspace's lock, as a webhook that is applied does, until `work` is done. */
async function whileLocked(workspaceId: string, work: () => Promise<void>): Promise<void> {
  await db().transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    await work();
  });
}

/** What anybody else wants of the process. */
async function othersGoOn(): Promise<void> {
  const { id } = await person();
  expect(await one(id)).toMatchObject({ ok: true });
  await Promise.all(Array.from({ length: 8 }, () => db().execute(sql`select 1`)));
}

test("600 requests of one workspace that wait leave the database to the others", {
  timeout: 60_000,
}, async () => {
  const { id } = await person();
  let asked: ReturnType<typeof one>[] = [];
  await whileLocked(id, async () => {
    asked = Array.from({ length: 600 }, () => one(id));
    await othersGoOn();
  });
  const answers = await Promise.all(asked);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(50);
  expect(await units(id)).toBe(50);
});

test("so do calls of a metered plan, which need no count otherwise", async () => {
  const id = await subscriber();
  let tracked: Promise<void>[] = [];
  await whileLocked(id, async () => {
    tracked = Array.from({ length: 30 }, () =>
      track(id, event, { units: 1 }, { idempotencyKey: randomUUID() }),
    );
    await othersGoOn();
  });
  await Promise.all(tracked);
  expect(await units(id)).toBe(30);
});

test("a tracker's batch that waits, of one workspace or of many, leaves it to the others", {
  timeout: 60_000,
}, async () => {
  const tracker = createTracker();
  const ids = await Promise.all(Array.from({ length: 12 }, async () => (await person()).id));
  const [busy = ""] = ids;
  const count3 = (workspaceId: string) =>
    Array.from({ length: 3 }, () =>
      tracker.track(workspaceId, event, { units: 1 }, { idempotencyKey: randomUUID() }),
    );
  let tracked: Promise<void>[] = [];
  await whileLocked(busy, async () => {
    tracked = ids.flatMap(count3);
    await othersGoOn();
  });
  await Promise.all(tracked);
  for (const id of ids) expect(await units(id)).toBe(3);
});

test("a batch tells each workspace's uses apart: what fails for one is stored for the others", async () => {
  const tracker = createTracker();
  const [ending, other] = [await person(), await person()];
  await db().execute(sql`insert into account_deletions (workspace_id) values (${ending.id})`);
  const outcomes = await Promise.allSettled(
    [ending.id, other.id].map((id) =>
      tracker.track(id, event, { units: 2 }, { idempotencyKey: randomUUID() }),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect([await units(ending.id), await units(other.id)]).toEqual([0, 2]);
});

test("beyond a thousand that wait, the next one is told so, and uses nothing", {
  timeout: 60_000,
}, async () => {
  const { id } = await person();
  let asked: ReturnType<typeof one>[] = [];
  await whileLocked(id, async () => {
    asked = Array.from({ length: mostWaiting + 1 }, () => one(id));
    await expect(one(id)).rejects.toThrow(WorkspaceBusyError);
  });
  await Promise.all(asked);
  const [stored] = await db()
    .select({ rows: count() })
    .from(usageEvents)
    .where(eq(usageEvents.workspaceId, id));
  expect(stored?.rows).toBe(50);
  expect(await one(id)).toMatchObject({ ok: false, reason: "allowance" });
});
