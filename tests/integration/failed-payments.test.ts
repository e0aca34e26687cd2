import { render, toPlainText } from "@react-email/render";
import { eq, sql } from "drizzle-orm";
import { Logger, runOnce } from "graphile-worker";
import { beforeEach, expect, test } from "vitest";
import { databaseAddresses } from "@/db/addresses";
import { db } from "@/db/client";
import { emails, workspaces } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { type EmailProps, writeMessage } from "@/lib/email/messages";
import { tasks } from "@/lib/jobs/tasks";
import { polar } from "@/lib/polar";
import { track } from "@/lib/usage";
import { noticeUsageOf } from "@/lib/usage/notices";
import { viewer } from "../support/buyer";
import { deliver } from "../support/deliver";
import { person } from "../support/people";
import { ownShop } from "../support/shop";
import { envelope, subscription } from "../support/webhooks";

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

const shop = ownShop();
beforeEach(async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
});

let moment = 0;
async function tell(type: string, data: object, at = ++moment): Promise<void> {
  const body = envelope(type, data, new Date(Date.now() - day + at * 1000).toISOString());
  expect((await deliver(body)).outcome).toBe("applied");
}

const reminders = async () =>
  await db().execute<{ day: number; run_at: string }>(sql`
    select (payload->>'day')::int as day, j.run_at from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'remind_of_payment' order by 1`);

/** Runs the reminders that are due or, with `early`, all of them. */
async function remind(early = false): Promise<void> {
  if (early) await db().execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await runOnce({
    connectionString: databaseAddresses().direct,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: { remind_of_payment: (payload) => tasks.remind_of_payment(payload as never) },
  });
}

const mailsTo = async (workspaceId: string) =>
  (
    await db()
      .select()
      .from(emails)
      .where(eq(emails.workspaceId, workspaceId))
      .orderBy(emails.createdAt)
  ).filter(({ template }) => template.startsWith("payment-") || template === "usage-notice");
const daysMailed = async (workspaceId: string) =>
  (await mailsTo(workspaceId)).map(({ props }) => (props as { day?: number }).day ?? "thanks");

/** Somebody whose payment was missed so many days ago, as webhooks tell it. */
async function pastDue(days: number, who?: string) {
  const id = who ?? (await person()).id;
  const active = subscription(id, { current_period_end: ago(-20) });
  const missed = {
    ...active,
    modified_at: ago(days),
    status: "past_due",
    past_due_at: ago(days),
  };
  await tell("subscription.created", active);
  await tell("subscription.updated", missed);
  return { id, active, missed };
}

test("reminders go out on day 0, 3 and 6, once each, whatever is told twice or runs twice", async () => {
  const { id, missed } = await pastDue(0.001);
  await tell("subscription.past_due", missed);
  await tell("subscription.updated", missed);
  expect((await reminders()).map(({ day }) => day)).toEqual([0, 3, 6]);
  const [, third] = await reminders();
  expect(new Date(third?.run_at ?? 0).toISOString()).toBe(
    new Date(new Date(missed.past_due_at).getTime() + 3 * day).toISOString(),
  );

  await remind();
  expect(await daysMailed(id)).toEqual([0]);
  await remind();
  await remind(true);
  expect(await daysMailed(id)).toEqual([0, 3, 6]);
  await tell("subscription.updated", { ...missed, modified_at: ago(0) });
  await remind(true);
  expect(await daysMailed(id)).toEqual([0, 3, 6]);
});

test("who pays is thanked once, reminded no more, and has all again", async () => {
  const { id, active, missed } = await pastDue(2);
  expect((await readEntitlement(db(), id)).graceEndsAt).not.toBeNull();
  await remind();
  const paid = { ...active, modified_at: ago(1) };
  await tell("subscription.updated", paid);
  await tell("subscription.active", paid);
  await tell("subscription.past_due", missed, -10);
  await remind(true);
  expect(await daysMailed(id)).toEqual([0, "thanks"]);
  expect(await readEntitlement(db(), id)).toMatchObject({
    plan: "pro",
    status: "active",
    graceEndsAt: null,
    readOnly: false,
  });

  const since = ago(0.5);
  const later = { ...active, modified_at: since, status: "past_due", past_due_at: since };
  await tell("subscription.updated", later);
  await remind();
  expect(await daysMailed(id)).toEqual([0, "thanks", 0]);
  await tell("subscription.updated", { ...active, modified_at: ago(0.1) });
  expect(await daysMailed(id)).toEqual([0, "thanks", 0, "thanks"]);
});

test("what is first heard of late is not told three times at once", async () => {
  const { id } = await pastDue(4);
  expect((await reminders()).map(({ day }) => day)).toEqual([3, 6]);
  await remind();
  expect(await daysMailed(id)).toEqual([3]);
});

test("after grace it is read-only, and the mail says so", async () => {
  const { id } = await pastDue(9);
  expect(await readEntitlement(db(), id)).toMatchObject({ readOnly: true, plan: "free" });
  await track(id, "qr_code.generated", { units: 10 }, { idempotencyKey: "before" });
  await noticeUsageOf([id]);
  await remind();
  const [mail, ...others] = await mailsTo(id);
  // Its free use is not used up, but closed.
  expect(others).toEqual([]);
  const { subject, body } = writeMessage(
    "payment-reminder",
    mail?.props as EmailProps["payment-reminder"],
    "ada@example.com",
  );
  expect(subject).toBe("Your Northstar Pro plan is read-only until it is paid");
  const text = toPlainText(await render(body));
  expect(text).toContain("What you made stays");
  expect(text).toContain(`${process.env.APP_URL}/api/portal`);
});

test("each mail has a subject and a text of its own", async () => {
  const accessUntil = "2026-12-01T00:00:00.000Z";
  const subjects = [0, 3, 6].map(
    (day) =>
      writeMessage(
        "payment-reminder",
        { day, plan: "Pro", accessUntil, isReadOnly: false },
        "ada@example.com",
      ).subject,
  );
  expect(subjects).toEqual([
    "Your Northstar payment did not go through",
    "Your Northstar payment is still open",
    "Your Northstar Pro plan stops on December 1, 2026",
  ]);
  const thanks = writeMessage("payment-recovered", { plan: "Pro" }, "ada@example.com");
  expect(toPlainText(await render(thanks.body))).toContain("Pro is paid");
});

test("a subscription that ends unpaid is neither reminded of nor thanked for", async () => {
  const { id, missed } = await pastDue(1);
  const ended = { ...missed, modified_at: ago(0), status: "canceled", ended_at: ago(0) };
  await tell("subscription.revoked", ended);
  await remind(true);
  expect(await mailsTo(id)).toEqual([]);
});

test("nothing is mailed about what was missed before the workspace was there", async () => {
  const { id } = await person();
  await db().update(workspaces).set({ createdAt: new Date() }).where(eq(workspaces.id, id));
  const { active } = await pastDue(2, id);
  await remind(true);
  await tell("subscription.updated", { ...active, modified_at: ago(0) });
  expect(await mailsTo(id)).toEqual([]);
});

test("a renewal that fails at Polar is reminded of, and thanked for when a new card pays", async () => {
  const who: Viewer = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await pullWorkspace(who.workspaceId);
  const customer = await polar().customers.getExternal(who.workspaceId);
  const setCard = (number: string) =>
    shop.world.call("PUT", `/_emulator/customers/${customer.id}/card`, { number });
  const pass = async (days: number) => {
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds: days * 86_400 });
    await shop.buyer.settle();
    await pullWorkspace(who.workspaceId);
  };
  await setCard("4000000000000341");
  await pass(32);
  expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
    status: "past_due",
    plan: "business",
  });
  await remind(true);
  expect(await daysMailed(who.workspaceId)).toEqual([0, 3, 6]);
  await setCard("4242424242424242");
  // Polar tries again two and seven days after the first failure.
  await pass(8);
  expect(await daysMailed(who.workspaceId)).toEqual([0, 3, 6, "thanks"]);
  expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
    status: "active",
    graceEndsAt: null,
  });
});

test("a product that left the catalog gives inside grace what it gave before, though Polar took it back", async () => {
  const who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  const [sold] = (await polar().subscriptions.list({ external_customer_id: who.workspaceId }))
    .items;
  if (!sold) throw new Error("There is no subscription.");
  const named = (catalog_key: string) =>
    polar().products.update(sold.product_id, { metadata: { catalog_key } });
  await named("business-2025");
  const given = async () => {
    await pullWorkspace(who.workspaceId);
    const { status, features, monthlyUnits } = await readEntitlement(db(), who.workspaceId);
    return { status, features, monthlyUnits };
  };
  const paid = { status: "active", features: ["custom_qr"], monthlyUnits: 50_000 };
  expect(await given()).toEqual(paid);
  await shop.world.call("PUT", `/_emulator/customers/${sold.customer_id}/card`, {
    number: "4000000000000341",
  });
  await shop.world.call("POST", "/_emulator/clock/advance", { to: sold.current_period_end });
  await shop.buyer.settle();
  const { items } = await polar().benefitGrants.list({ external_customer_id: who.workspaceId });
  expect(items.map((grant) => grant.is_granted)).toEqual([false, false]);
  expect(await given()).toEqual({ ...paid, status: "past_due" });
  await named("business-monthly");
});
