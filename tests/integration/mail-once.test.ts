import { once } from "node:events";
import { isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { emails } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";
import { deliver } from "../support/deliver";
import { person } from "../support/people";
import { startSmtp } from "../support/smtp";
import { envelope, order, refund } from "../support/webhooks";
import { launchWorker, type WorkerProcess } from "../support/worker-process";
import { ownWorld, type World } from "../support/world";

let world: World;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let workers: WorkerProcess[] = [];

beforeAll(async () => {
  world = await ownWorld();
  smtp = await startSmtp();
  process.env.SMTP_URL = smtp.url;
  workers = await Promise.all([launchWorker(process.env), launchWorker(process.env)]);
}, 60_000);
afterAll(async () => {
  for (const { child } of workers) {
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  }
  smtp.close();
  await world.close();
  await closeDb();
});

async function tell(type: string, data: unknown, at?: string): Promise<void> {
  await deliver(envelope(type, data, at));
}

const jobs = async () =>
  (
    await db().execute<{ n: number }>(sql`select count(*)::int as n
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'send_email'`)
  )[0]?.n;
const unsent = async () => (await db().select().from(emails).where(isNull(emails.sentAt))).length;

test("whatever is told at once and however often, two workers send each mail once", async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => person()));
  await Promise.all(
    people.flatMap(({ id }) => {
      const paid = order(id);
      const back = refund(paid.id);
      return [
        tell("order.created", { ...paid, status: "pending", paid: false }, paid.created_at),
        ...["order.updated", "order.paid", "order.refunded"].map((type) => tell(type, paid)),
        ...["refund.created", "refund.updated"].map((type) => tell(type, back)),
      ];
    }),
  );
  await expect.poll(jobs, { timeout: 20_000 }).toBe(0);
  expect(await unsent()).toBe(0);
  const twice = people.flatMap(({ email }) => [email, email]);
  expect(smtp.recipients.toSorted()).toEqual(twice.toSorted());
}, 60_000);

test("two workers that have the same mail in hand at once send it once", async () => {
  const before = smtp.taken();
  const called = smtp.hold();
  const [mail] = await db()
    .insert(emails)
    .values({
      key: "twice in hand",
      recipient: "ada@example.com",
      template: "payment-recovered",
      props: { plan: "Pro" },
    })
    .returning();
  const emailId = mail?.id ?? "";
  await enqueue(db(), "send_email", { emailId });
  await enqueue(db(), "send_email", { emailId });
  await called;
  // The other one waits for the first to be done with the row.
  const waiting = async () =>
    (
      await db().execute(sql`select 1 from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database() and query like '%"emails"%'`)
    ).length;
  await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
  smtp.free();
  await expect.poll(jobs, { timeout: 20_000 }).toBe(0);
  expect(await unsent()).toBe(0);
  expect(smtp.taken() - before).toBe(1);
}, 60_000);
