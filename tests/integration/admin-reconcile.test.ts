import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { reconcileRuns, subscriptions } from "@/db/schema";
import type { Admin } from "@/lib/admin/gate";
import { isReconcileDue, listRuns, readRun, startReconcile } from "@/lib/admin/reconcile";
import { reconcile } from "@/lib/billing/reconcile/run";
import { reconcileInSlices } from "@/lib/billing/reconcile/schedule";
import { actions, anAdmin, refuseActions } from "../support/admins";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";

const shop = ownShop();
let admin: Admin;
beforeAll(async () => {
  admin = await anAdmin();
});

const jobs = sql`graphile_worker._private_jobs`;
const clear = () => db().execute(sql`delete from ${jobs}`);
/** How many there are that are not given up. */
const jobCount = async () =>
  (
    await db().execute<{ n: number }>(sql`
    select count(*)::int as n from ${jobs} where attempts < max_attempts`)
  )[0]?.n;

test("runs are listed newest first with their differences by cause; a workspace's is none of them", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "pro-monthly");
  await reconcile();
  const before = { versionAt: "2020-01-01T00:00:00Z", observedAt: "2020-01-01T00:00:00Z" };
  await db()
    .update(subscriptions)
    .set({ ...before, status: "canceled" });
  await reconcile();
  await reconcile({ workspaceId: who.workspaceId });
  const [second, first, ...others] = await listRuns();
  expect(others).toEqual([]);
  expect(second?.startedAt.getTime()).toBeGreaterThan(first?.startedAt.getTime() ?? 0);
  expect(second).toMatchObject({ state: "finished", mode: "repair", done: second?.steps });
  expect(second?.differences).toEqual([{ cause: "webhook_lost", count: 1, repaired: 1 }]);
  expect(first?.differences.length).toBeGreaterThan(0);

  const shown = await readRun(second?.id ?? "");
  expect(shown?.run).toEqual(second);
  expect(shown?.differences).toMatchObject([
    { objectType: "subscription", workspaceId: who.workspaceId, before: { status: "canceled" } },
  ]);
  for (const id of ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
    expect(await readRun(id)).toBeNull();
});

test("a run that is under way says how far it is; one that stands still is stopped", async () => {
  let asked = 0;
  await reconcile({ shouldPause: () => ++asked > 3 });
  const [run] = await listRuns();
  expect(run).toMatchObject({ state: "running", finishedAt: null });
  expect(run?.done).toBeGreaterThan(0);
  expect(run?.done).toBeLessThan(run?.steps ?? 0);
  await db()
    .update(reconcileRuns)
    .set({ progressedAt: sql`now() - interval '11 minutes'` })
    .where(eq(reconcileRuns.id, run?.id ?? ""));
  expect((await listRuns())[0]?.state).toBe("stopped");
});

test("one click starts one comparison, as a job, and two clicks start one too", async () => {
  await clear();
  const before = (await actions()).length;
  expect(await isReconcileDue()).toBe(false);
  const clicks = await Promise.all([startReconcile(admin), startReconcile(admin)]);
  expect(clicks.toSorted()).toEqual([false, true]);
  expect(await isReconcileDue()).toBe(true);
  expect(await jobCount()).toBe(1);
  expect((await actions()).slice(before)).toMatchObject([
    { action: "reconcile.start", objectId: null, userId: admin.userId },
  ]);
  await db().execute(sql`update ${jobs} set locked_at = now(), locked_by = 'worker'`);
  expect(await startReconcile(admin)).toBe(false);
  await reconcileInSlices();
  await clear();
  expect((await listRuns())[0]?.state).toBe("finished");
});

test("one that failed and waits, or was given up, can be had at once", async () => {
  for (const change of [
    sql`attempts = 3, run_at = now() + interval '1 hour'`,
    sql`attempts = max_attempts`,
  ]) {
    await clear();
    expect(await startReconcile(admin)).toBe(true);
    await db().execute(sql`update ${jobs} set ${change}`);
    expect(await isReconcileDue()).toBe(false);
    expect(await startReconcile(admin)).toBe(true);
    expect(await isReconcileDue()).toBe(true);
    expect(await jobCount()).toBe(1);
  }
});

test("what cannot be written down is not started", async () => {
  await clear();
  const allow = await refuseActions();
  await expect(startReconcile(admin)).rejects.toThrow();
  await allow();
  expect(await jobCount()).toBe(0);
});
