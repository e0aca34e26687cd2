import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Admin } from "@/lib/admin/gate";
import { settleJob } from "@/lib/admin/job-actions";
import { countJobs, type JobState, listJobs } from "@/lib/admin/jobs";
import { enqueue } from "@/lib/jobs/enqueue";
import { actions, anAdmin, refuseActions } from "../support/admins";
import { withWorld } from "../support/shop";

// A database of its own, in which nothing runs jobs.
withWorld();

const jobs = sql`graphile_worker._private_jobs`;
let admin: Admin;
beforeAll(async () => {
  admin = await anAdmin();
});
beforeEach(async () => {
  await db().execute(sql`delete from ${jobs}`);
});

/** A job in a state, as the engine would leave it. @returns its id. */
async function job(state: JobState): Promise<string> {
  await enqueue(db(), "pull_workspace", { workspaceId: "w" });
  const change = {
    queued: sql`attempts = 0`,
    running: sql`attempts = 1, locked_at = now(), locked_by = 'worker'`,
    failing: sql`attempts = 3, last_error = 'for ada@example.com, whsec_abcdefghijkl'`,
    given_up: sql`attempts = max_attempts, last_error = 'a fault'`,
  }[state];
  const [row] = await db().execute<{ id: string }>(sql`
    update ${jobs} set ${change} where id = (select max(id) from ${jobs}) returning id::text`);
  return row?.id ?? "";
}

const listed = async (state: JobState | "any") => (await listJobs(state, null)).rows;
const one = async () => (await listed("any"))[0];

test("each job stands in its state, with its last error and whom it is about, and no secret", async () => {
  for (const state of ["queued", "running", "failing", "given_up"] as const) {
    const id = await job(state);
    expect(await listed(state)).toMatchObject([{ id, state, workspaceId: "w" }]);
  }
  expect(await countJobs()).toEqual({ queued: 1, running: 1, failing: 1, given_up: 1 });
  expect((await listed("any")).map(({ state }) => state)).toEqual([
    "given_up",
    "failing",
    "running",
    "queued",
  ]);
  const [failing] = await listed("failing");
  expect(failing?.lastError).toBe("for [email], [secret]");
});

test("they are listed a page at a time", async () => {
  for (let n = 0; n < 60; n++) await enqueue(db(), "purge", {});
  const first = await listJobs("any", null);
  const second = await listJobs("any", first.next);
  const ids = [...first.rows, ...second.rows].map(({ id }) => id);
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, null]);
  expect(new Set(ids).size).toBe(60);
});

test("a given-up job runs again with new attempts, once for two clicks, and it is written down", async () => {
  const id = await job("given_up");
  const before = (await actions()).length;
  const clicks = [settleJob(admin, id, "run_again"), settleJob(admin, id, "run_again")];
  expect((await Promise.all(clicks)).toSorted()).toEqual([false, true]);
  expect(await one()).toMatchObject({ id, state: "queued", attempts: 0 });
  expect((await one())?.runAt.getTime()).toBeLessThanOrEqual(Date.now());
  expect((await actions()).slice(before)).toMatchObject([
    {
      action: "job.run_again",
      objectId: id,
      email: admin.email,
      details: { task: "pull_workspace", attempts: 25 },
    },
  ]);
});

test("a given-up job is deleted, once for two clicks, and it is written down", async () => {
  const id = await job("given_up");
  const before = (await actions()).length;
  expect(await settleJob(admin, id, "delete")).toBe(true);
  expect(await settleJob(admin, id, "delete")).toBe(false);
  expect(await listed("any")).toEqual([]);
  expect((await actions()).slice(before)).toMatchObject([{ action: "job.delete", objectId: id }]);
});

test("no other job is touched, nor one that there is not", async () => {
  const before = (await actions()).length;
  for (const state of ["queued", "running", "failing"] as const) {
    const id = await job(state);
    for (const doing of ["run_again", "delete"] as const)
      expect(await settleJob(admin, id, doing)).toBe(false);
    expect(await listed(state)).toHaveLength(1);
  }
  for (const id of ["", "0", "-1", "1 or true", "9".repeat(30)])
    expect(await settleJob(admin, id, "delete")).toBe(false);
  expect(await listed("any")).toHaveLength(3);
  expect(await actions()).toHaveLength(before);
});

test("what cannot be written down is not done", async () => {
  const id = await job("given_up");
  const allow = await refuseActions();
  for (const doing of ["run_again", "delete"] as const)
    await expect(settleJob(admin, id, doing)).rejects.toThrow();
  await allow();
  expect(await one()).toMatchObject({ id, state: "given_up" });
});
