import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, reconcileRuns, workspaces } from "@/db/schema";
import { writeMessage } from "@/lib/email/messages";
import { deliver } from "../support/deliver";
import { person } from "../support/people";
import { ownShop } from "../support/shop";
import { startSmtp } from "../support/smtp";
import { envelope, subscription } from "../support/webhooks";
import { launchWorker, type WorkerProcess } from "../support/worker-process";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

ownShop();
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let worker: WorkerProcess;

beforeAll(async () => {
  smtp = await startSmtp();
  process.env.SMTP_URL = smtp.url;
  worker = await launchWorker(process.env);
}, 60_000);
afterAll(async () => {
  const ended = once(worker.child, "exit");
  worker.child.kill("SIGTERM");
  await ended;
  smtp.close();
});
beforeEach(async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs where locked_at is null`);
});

let moment = 0;
/** Tells of a subscription as it is now, as often as Polar might. */
async function tell(data: object): Promise<void> {
  const body = envelope(
    "subscription.updated",
    data,
    new Date(Date.now() - day + ++moment * 1000).toISOString(),
  );
  for (let times = 0; times < 2; times++) expect((await deliver(body)).outcome).toBe("applied");
}

const waiting = async (task: string) =>
  await db().execute<{ run_at: string }>(sql`select j.run_at from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${task} order by 1`);
/** Runs the reminders now, as on their day. */
async function whenDue(): Promise<void> {
  await db().execute(sql`update graphile_worker._private_jobs j set run_at = now()
    from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'remind_of_trial'`);
  await db().execute(sql`notify "jobs:insert", '{"count":9}'`);
  await expect.poll(async () => (await waiting("remind_of_trial")).length).toBe(0);
}
const due = async () =>
  await db().execute(sql`select 1 from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('send_email', 'remind_of_trial') and j.run_at <= now()`);
/** What somebody was mailed, once it has gone out over SMTP. */
async function mailsTo(workspaceId: string) {
  await expect.poll(async () => (await due()).length).toBe(0);
  const rows = await db()
    .select()
    .from(emails)
    .where(eq(emails.workspaceId, workspaceId))
    .orderBy(emails.createdAt);
  for (const { sentAt, id } of rows) {
    expect(sentAt).not.toBeNull();
    expect(smtp.messageIds.filter((each) => each.startsWith(id))).toHaveLength(1);
  }
  return rows.map(({ template, props }) => ({ template, props }));
}

/** Somebody on a trial that ends in so many days. */
async function trial(days: number) {
  const { id } = await person();
  const data = subscription(id, {
    status: "trialing",
    started_at: inDays(days - 14),
    trial_end: inDays(days),
    current_period_start: inDays(days - 14),
    current_period_end: inDays(days),
  });
  await tell(data);
  return { id, data };
}
const daysLeft = async () =>
  (await waiting("remind_of_trial")).map(({ run_at }) =>
    Math.round((new Date(run_at).getTime() - Date.now()) / day),
  );

test("a trial's end is mailed once, three days before, with what is charged and when", async () => {
  const { id, data } = await trial(14);
  expect(await daysLeft()).toEqual([11]);
  expect(await mailsTo(id)).toEqual([]);
  await whenDue();
  await tell({ ...data, modified_at: inDays(0) });
  await whenDue();
  expect(await mailsTo(id)).toEqual([
    {
      template: "trial-ending",
      props: { plan: "Pro", endsAt: data.trial_end, price: "$19", interval: "month" },
    },
  ]);
  const { subject } = writeMessage(
    "trial-ending",
    { plan: "Pro", endsAt: "2026-12-24T10:00:00Z", price: "$19", interval: "month" },
    "ada@example.com",
  );
  expect(subject).toBe("Your Northstar trial of Pro ends on December 24, 2026");
});

test("a trial that is moved is told of by its new end, and back again by the first", async () => {
  const { id, data } = await trial(14);
  const moved = { ...data, trial_end: inDays(30), current_period_end: inDays(30) };
  await tell({ ...moved, modified_at: inDays(0) });
  expect(await daysLeft()).toEqual([11, 27]);
  await whenDue();
  expect((await mailsTo(id)).map(({ props }) => props)).toMatchObject([
    { endsAt: moved.trial_end },
  ]);
  await tell({ ...data, modified_at: inDays(0.01) });
  await whenDue();
  expect((await mailsTo(id)).map(({ props }) => props)).toMatchObject([
    { endsAt: moved.trial_end },
    { endsAt: data.trial_end },
  ]);
});

test("one that is canceled, or over, is not; one that is taken up again is", async () => {
  const over = await trial(14);
  await tell({ ...over.data, status: "active", modified_at: inDays(0) });
  const canceled = await trial(4);
  const taken = {
    cancel_at_period_end: true,
    canceled_at: inDays(0),
    ends_at: canceled.data.trial_end,
  };
  await tell({ ...canceled.data, ...taken, modified_at: inDays(0) });
  await whenDue();
  expect(await mailsTo(over.id)).toEqual([]);
  const told = {
    template: "subscription-canceled",
    props: { plan: "Pro", until: canceled.data.trial_end, isTrial: true },
  };
  expect(await mailsTo(canceled.id)).toEqual([told]);
  await tell({ ...canceled.data, modified_at: inDays(0.01) });
  await whenDue();
  expect((await mailsTo(canceled.id)).map(({ template }) => template)).toEqual([
    "subscription-canceled",
    "trial-ending",
  ]);
});

test("of a trial shorter than six days half is left when it is told of; one that is heard of late, at once", async () => {
  const { id } = await person();
  const short = { started_at: inDays(0), trial_end: inDays(4), current_period_start: inDays(0) };
  await tell(subscription(id, { status: "trialing", ...short }));
  expect(await daysLeft()).toEqual([2]);
  const late = await trial(1);
  expect((await mailsTo(late.id)).map(({ template }) => template)).toEqual(["trial-ending"]);
});

test("a cancellation is mailed once, again when it is made again, and the end of the plan once", async () => {
  const { id } = await person();
  const end = inDays(20);
  const active = subscription(id, { current_period_end: end });
  await tell(active);
  expect(await mailsTo(id)).toEqual([]);
  const canceled = (at: string) => ({
    ...active,
    modified_at: at,
    cancel_at_period_end: true,
    canceled_at: at,
    ends_at: end,
  });
  const first = canceled(inDays(0));
  await tell(first);
  await tell({ ...first, modified_at: inDays(0.01) });
  expect(await mailsTo(id)).toEqual([
    {
      template: "subscription-canceled",
      props: { plan: "Pro", until: first.ends_at, isTrial: false },
    },
  ]);
  await tell({ ...active, modified_at: inDays(0.02) });
  await tell(canceled(inDays(0.03)));
  expect(await mailsTo(id)).toHaveLength(2);
  const ended = {
    ...active,
    status: "canceled",
    ended_at: inDays(0.04),
    modified_at: inDays(0.04),
  };
  await tell(ended);
  await tell({ ...ended, modified_at: inDays(0.05) });
  expect((await mailsTo(id)).at(-1)).toEqual({
    template: "subscription-ended",
    props: { plan: "Pro", isUnpaid: false },
  });
});

test("who could not be charged to the end is told so", async () => {
  const { id } = await person();
  const active = subscription(id);
  await tell({ ...active, status: "past_due", past_due_at: inDays(0), modified_at: inDays(0) });
  await tell({ ...active, status: "canceled", ended_at: inDays(0.01), modified_at: inDays(0.01) });
  const ended = (await mailsTo(id)).filter(({ template }) => template === "subscription-ended");
  expect(ended).toEqual([
    { template: "subscription-ended", props: { plan: "Pro", isUnpaid: true } },
  ]);
});

test("what was canceled or over before the workspace, or before a rebuild, is not mailed", async () => {
  const { id } = await person();
  const old = subscription(id, {
    status: "canceled",
    ended_at: inDays(-20),
    modified_at: inDays(-20),
  });
  const since = (createdAt: Date) =>
    db().update(workspaces).set({ createdAt }).where(eq(workspaces.id, id));
  await since(new Date());
  await tell(old);
  await since(new Date(0));
  await tell({ ...old, modified_at: inDays(0) });
  await db()
    .insert(reconcileRuns)
    .values({ mode: "rebuild", step: "subscriptions", polarStartedAt: inDays(0) });
  await tell(
    subscription(id, { status: "canceled", ended_at: inDays(-1), modified_at: inDays(-1) }),
  );
  const due = subscription(id, {
    status: "trialing",
    started_at: inDays(-12),
    trial_end: inDays(2),
    current_period_end: inDays(2),
  });
  await tell(due);
  await db().delete(reconcileRuns);
  await tell(due);
  expect(await mailsTo(id)).toEqual([]);
});
