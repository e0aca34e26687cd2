import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { emails, workers } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";
import { giveSign } from "@/lib/jobs/sign-of-life";
import { startWorker } from "@/lib/jobs/worker";
import { queueMail } from "../support/queued-mail";
import { startSmtp } from "../support/smtp";
import { launchWorker } from "../support/worker-process";
import { ownWorld, type World } from "../support/world";

type Lock = { id: string; queue: string | null; by: string | null };

let world: World;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
beforeAll(async () => {
  world = await ownWorld();
  smtp = await startSmtp();
  process.env.SMTP_URL = smtp.url;
});
afterEach(async () => {
  await world.call("PUT", "/_emulator/faults", {});
  await db().delete(workers);
  await db().execute(sql`delete from graphile_worker._private_jobs`);
});
afterAll(async () => {
  smtp.close();
  await world.close();
  await closeDb();
});

const locks = () =>
  db().execute<Lock>(sql`
    select j.id::text as id, q.queue_name as queue, j.locked_by as by
    from graphile_worker._private_jobs j
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.locked_by is not null order by j.id`);

const sentAt = async (key: string) =>
  (await db().select().from(emails).where(eq(emails.key, key)))[0]?.sentAt ?? null;

test("what a worker had in hand when it was killed another does soon after; a mail is sent once", async () => {
  const key = await queueMail();
  const called = smtp.hold();
  // A job of a queue, too: no other of that queue runs while it is locked.
  await world.call("PUT", "/_emulator/faults", {
    api: { latency_ms: 60_000, path: "/v1/customers" },
  });
  await enqueue(db(), "reconcile", {}, { key: "reconcile", queue: "reconcile" });
  const { child } = await launchWorker(process.env);
  await called;
  await expect.poll(async () => (await locks()).map(({ queue }) => queue)).toContain("reconcile");
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  smtp.free();
  await world.call("PUT", "/_emulator/faults", {});
  const before = smtp.taken();
  expect(await sentAt(key)).toBeNull();

  const worker = await startWorker({ patience: { beatMs: 100, deadAfterMs: 1_000 } });
  await expect.poll(() => sentAt(key)).not.toBeNull();
  await expect.poll(async () => (await locks()).length).toBe(0);
  const [reconciled] = await db().execute(
    sql`select 1 from reconcile_runs where finished_at is not null`,
  );
  expect(reconciled).toBeDefined();
  await worker.stop();
  expect(smtp.taken() - before).toBe(1);
  expect(await db().select().from(workers)).toEqual([]);
}, 90_000);

test("a worker that is asked to end finishes the job that runs, and ends well", async () => {
  const key = await queueMail();
  const called = smtp.hold();
  const { child, said } = await launchWorker(process.env);
  await called;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await said("ends after the jobs that run");
  smtp.free();
  expect(await exited).toEqual([0, null]);
  expect(await sentAt(key)).not.toBeNull();
  expect(await locks()).toEqual([]);
  expect(await db().select().from(workers)).toEqual([]);
}, 90_000);

const seconds = (ago: number) => sql`now() - make_interval(secs => ${ago})`;
async function worker(id: string, heard: { since: number; seen: number }) {
  await db()
    .insert(workers)
    .values({ id, since: seconds(heard.since) as never, seenAt: seconds(heard.seen) as never });
  await db().execute(sql`select graphile_worker.add_job('purge', queue_name => ${`queue-${id}`})`);
  await db().execute(sql`update graphile_worker._private_job_queues set locked_by = ${id},
    locked_at = now() where queue_name = ${`queue-${id}`}`);
  await db().execute(sql`update graphile_worker._private_jobs j set locked_by = ${id}, locked_at = now()
    from graphile_worker._private_job_queues q where q.id = j.job_queue_id
    and q.queue_name = ${`queue-${id}`}`);
}
const holders = async () => (await locks()).map(({ by }) => by);

test("the jobs of the dead alone become free, and with them their queues", async () => {
  await worker("judge", { since: 600, seen: 5 });
  await worker("dead", { since: 600, seen: 31 });
  await worker("alive", { since: 600, seen: 29 });
  await worker("new", { since: 1, seen: 1 });
  const both = await Promise.all([giveSign("judge"), giveSign("judge")]);
  expect(both.flat()).toEqual(["dead"]);
  expect(await holders()).toEqual(["judge", "alive", "new"]);
  const [queue] = await db().execute(
    sql`select locked_by from graphile_worker._private_job_queues where queue_name = 'queue-dead'`,
  );
  expect(queue).toEqual({ locked_by: null });
});

test("after the database was away nobody is dead, however long all have been silent", async () => {
  await worker("first back", { since: 6000, seen: 600 });
  await worker("not yet back", { since: 6000, seen: 600 });
  expect(await giveSign("first back")).toEqual([]);
  expect(await giveSign("first back")).toEqual([]);
  expect(await giveSign("not yet back")).toEqual([]);
  expect(await holders()).toEqual(["first back", "not yet back"]);
});

test("a worker that has just come judges nobody, and one that was taken for dead goes on", async () => {
  await worker("silent", { since: 600, seen: 300 });
  expect(await giveSign("newcomer")).toEqual([]);
  expect(await holders()).toEqual(["silent"]);
  await worker("judge", { since: 600, seen: 5 });
  expect(await giveSign("judge")).toEqual(["silent"]);
  expect(await giveSign("silent")).toEqual([]);
  expect(await giveSign("judge")).toEqual([]);
});
