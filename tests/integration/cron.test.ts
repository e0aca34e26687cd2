import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { workers } from "@/db/schema";
import { runWaiting } from "@/lib/jobs/bounded";
import { runForCron } from "@/lib/jobs/cron";
import { enqueue } from "@/lib/jobs/enqueue";
import { asJob, nudgeBy } from "@/lib/jobs/nudge";
import { giveSign } from "@/lib/jobs/sign-of-life";
import { runSoon } from "@/lib/jobs/soon";
import { queueMail } from "../support/queued-mail";
import { startSmtp } from "../support/smtp";
import { ownWorld, type World } from "../support/world";

let world: World;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
beforeAll(async () => {
  world = await ownWorld();
  smtp = await startSmtp();
  process.env.SMTP_URL = smtp.url;
});
afterEach(async () => {
  nudgeBy(() => {});
  await db().delete(workers);
  await db().execute(sql`delete from graphile_worker._private_jobs`);
});
afterAll(async () => {
  smtp.close();
  await world.close();
  await closeDb();
});

async function mails(count: number): Promise<void> {
  for (let asked = 0; asked < count; asked++) await queueMail();
}

test("the queue is run until nothing waits, and what was done is told", async () => {
  const before = smtp.taken();
  await mails(5);
  expect(await runForCron("queue")).toEqual({ done: 5, failed: 0, waiting: 0 });
  expect(smtp.taken() - before).toBe(5);
  expect(await runForCron("queue")).toEqual({ done: 0, failed: 0, waiting: 0 });
  expect(await db().select().from(workers)).toEqual([]);
});

test("two at once share what waits, and nothing is done twice", async () => {
  const before = smtp.taken();
  await mails(8);
  const runs = await Promise.all([runForCron("queue"), runForCron("queue")]);
  expect(runs.map((run) => run?.done ?? 0).reduce((sum, done) => sum + done)).toBe(8);
  expect(smtp.taken() - before).toBe(8);
});

test("a job of the clock is asked for and run, and others are left alone", async () => {
  await queueMail();
  expect(await runForCron("purge")).toEqual({ done: 1, failed: 0, waiting: 0 });
  expect(await runForCron("queue")).toMatchObject({ done: 1 });
});

test("a job of the clock that another run has in hand waits for its queue", async () => {
  await world.call("PUT", "/_emulator/faults", {
    api: { latency_ms: 60_000, path: "/v1/customers" },
  });
  const first = runForCron("reconcile");
  const locked = () =>
    db().execute(sql`select 1 from graphile_worker.jobs where locked_at is not null`);
  await expect.poll(async () => (await locked()).length).toBe(1);
  // What waits for the queue's turn is told as well.
  expect(await runForCron("reconcile")).toEqual({ done: 0, failed: 0, waiting: 1 });
  await world.call("PUT", "/_emulator/faults", {});
  expect(await first).toMatchObject({ failed: 0 });
}, 90_000);

test("after its time no job is taken, and what waits is told", async () => {
  await mails(3);
  expect(await runWaiting({ seconds: 0 })).toEqual({ done: 0, failed: 0, waiting: 3 });
  expect(await runWaiting({ seconds: 30 })).toEqual({ done: 3, failed: 0, waiting: 0 });
});

test("a job that fails is told, and waits for its next attempt", async () => {
  await world.call("PUT", "/_emulator/faults", { api: { fault: "error_503" } });
  expect(await runForCron("check_webhooks")).toEqual({ done: 0, failed: 1, waiting: 0 });
  await world.call("PUT", "/_emulator/faults", {});
  const [job] = await db().execute(
    sql`select attempts, run_at > now() as later from graphile_worker.jobs`,
  );
  expect(job).toEqual({ attempts: 1, later: true });
});

test.each(["nothing", "send_email", "constructor", ""])(
  "there is no job %j to ask for",
  async (name) => {
    expect(await runForCron(name)).toBeNull();
  },
);

test("one that its host has ended is dead to whoever comes next, and one that may go on is not", async () => {
  const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})` as never;
  await db()
    .insert(workers)
    .values([
      { id: "ended", since: ago(90), seenAt: ago(31), endsAt: ago(1) },
      { id: "just heard", since: ago(90), seenAt: ago(29), endsAt: ago(1) },
      { id: "may go on", since: ago(90), seenAt: ago(31), endsAt: ago(-60) },
      { id: "lives long", since: ago(90), seenAt: ago(31) },
    ]);
  await queueMail();
  await db().execute(
    sql`update graphile_worker._private_jobs set locked_by = 'ended', locked_at = now()`,
  );
  expect(await giveSign("newcomer")).toEqual(["ended"]);
  expect(await runForCron("queue")).toMatchObject({ done: 1 });
});

test("what requests ask for at once is run by one run and one after it; what a job asks for, by its own", async () => {
  const runs: Promise<void>[] = [];
  nudgeBy((delayMs) => runs.push(runSoon(delayMs)));
  const before = smtp.taken();
  const called = smtp.hold();
  await queueMail();
  await called;
  await mails(3);
  expect(new Set(runs).size).toBe(2);
  smtp.free();
  await Promise.all(runs);
  expect(runs).toHaveLength(4);
  expect(smtp.taken() - before).toBe(4);
  await asJob(queueMail);
  expect(runs).toHaveLength(4);
});

test("what a request asks for in a moment is run then, and what it asks for later is left to the cron", async () => {
  const runs: Promise<void>[] = [];
  nudgeBy((delayMs) => runs.push(runSoon(delayMs)));
  const left = () => db().execute(sql`select 1 from graphile_worker.jobs`);
  const inMs = (ms: number) => ({ runAt: new Date(Date.now() + ms) });
  await enqueue(db(), "purge", {}, inMs(300));
  await Promise.all(runs);
  expect(await left()).toHaveLength(0);
  await enqueue(db(), "purge", {}, inMs(3_600_000));
  await Promise.all(runs);
  expect(await left()).toHaveLength(1);
});
