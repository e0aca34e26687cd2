import { randomUUID } from "node:crypto";
import { render, toPlainText } from "@react-email/render";
import { eq } from "drizzle-orm";
import { Logger, runOnce } from "graphile-worker";
import { describe, expect, test } from "vitest";
import { databaseAddresses } from "@/db/addresses";
import { db } from "@/db/client";
import { emails, reconcileRuns, subscriptions } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { type EmailProps, type EmailTemplate, writeMessage } from "@/lib/email/messages";
import { tasks } from "@/lib/jobs/tasks";
import { polar } from "@/lib/polar";
import { projectUsage, track } from "@/lib/usage";
import { setSpendingCap } from "@/lib/usage/spending-cap";
import { getUsage } from "@/lib/usage/summary";
import { viewer } from "../support/buyer";
import { person } from "../support/people";
import { givePack, subscriber } from "../support/plan";
import { ownShop } from "../support/shop";
import { flushAll, use } from "../support/use";

const shop = ownShop();

/** Sends what waits and does what follows from it. */
async function follow(): Promise<void> {
  await flushAll();
  await runOnce({
    connectionString: databaseAddresses().direct,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: { notice_usage: (payload) => tasks.notice_usage(payload as never) },
  });
}
const mailsTo = async <Template extends EmailTemplate>(workspaceId: string, about: Template) =>
  (
    await db()
      .select()
      .from(emails)
      .where(eq(emails.workspaceId, workspaceId))
      .orderBy(emails.createdAt)
  )
    .filter(({ template }) => template === about)
    .map(({ props }) => props as EmailProps[Template]);
const shares = async (workspaceId: string) =>
  (await mailsTo(workspaceId, "usage-notice")).map(({ isUsedUp }) => (isUsedUp ? 100 : 80)).sort();
async function pro(): Promise<Viewer> {
  const who = await viewer();
  await shop.buyer.buy(who, "pro-monthly");
  await pullWorkspace(who.workspaceId);
  return who;
}

test("in a trial use stops at the allowance, nothing is priced, and its end charges the plan alone", async () => {
  const { workspaceId } = await pro();
  expect(await use(workspaceId, 4_999)).toEqual({ ok: true, remaining: 1 });
  expect(await use(workspaceId, 2)).toEqual({ ok: false, reason: "allowance", remaining: 1 });
  expect(await use(workspaceId, 1)).toEqual({ ok: true, remaining: 0 });
  await follow();
  expect(await mailsTo(workspaceId, "usage-notice")).toMatchObject([
    { isUsedUp: true, overage: null },
  ]);
  const usage = await getUsage(workspaceId);
  expect(usage).toMatchObject({ used: 5_000, remaining: 0, hardLimit: true, available: 0 });
  const { overage } = await readEntitlement(db(), workspaceId);
  const later = new Date(usage.period.start.getTime() + 5 * 86_400_000);
  expect(projectUsage(usage, overage, later)).toBeNull();
  await track(workspaceId, "qr_code.generated", { units: 900 }, { idempotencyKey: "a" });
  await follow();
  expect(await getUsage(workspaceId)).toMatchObject({ used: 5_900, overageUnits: 900 });

  const seconds = 15 * 86_400;
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds });
  await shop.buyer.settle();
  await pullWorkspace(workspaceId);
  const { items } = await polar().orders.list({ external_customer_id: workspaceId });
  expect(items.map((order) => order.total_amount).sort()).toEqual([0, 1_900]);
  expect(await use(workspaceId, 5_001)).toMatchObject({ ok: true });
});

describe("notices", () => {
  test("are sent at 80 % and at 100 % of the allowance, once each", async () => {
    const { id } = await person();
    await use(id, 39);
    await follow();
    expect(await shares(id)).toEqual([]);
    await use(id, 1);
    await follow();
    expect(await shares(id)).toEqual([80]);
    await use(id, 9);
    await follow();
    expect(await shares(id)).toEqual([80]);
    await use(id, 1);
    await follow();
    await use(id, 1);
    await follow();
    expect(await shares(id)).toEqual([80, 100].sort());
  });

  test("of both at once the second is sent; packs are part of the allowance", async () => {
    const [{ id: free }, { id: packed }] = [await person(), await person()];
    await givePack(packed, 50);
    await Promise.all([use(free, 50), use(packed, 50)]);
    await follow();
    expect(await shares(free)).toEqual([100]);
    expect(await shares(packed)).toEqual([]);
  });

  test("say of a cap of nothing what they say of a plan without overage", async () => {
    const id = await subscriber();
    await setSpendingCap(id, id, 0);
    await use(id, 4_500);
    await follow();
    expect(await mailsTo(id, "usage-notice")).toMatchObject([{ overage: null, spendingCap: null }]);
  });

  test("come again in the next period", async () => {
    const { workspaceId } = await pro();
    await use(workspaceId, 4_000);
    await follow();
    expect(await shares(workspaceId)).toEqual([80]);
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
    await pullWorkspace(workspaceId);
    await use(workspaceId, 4_100);
    await follow();
    expect(await shares(workspaceId)).toEqual([80, 80]);
  });

  test("come again for a bigger plan and for a pack, in the same period", async () => {
    const id = await subscriber();
    await use(id, 4_200);
    await follow();
    await givePack(id, 100);
    await use(id, 900);
    await follow();
    expect(await shares(id)).toEqual([80, 100].sort());
    await db()
      .update(subscriptions)
      .set({ productKey: "business-monthly" })
      .where(eq(subscriptions.workspaceId, id));
    await use(id, 36_000);
    await follow();
    expect(await shares(id)).toEqual([80, 100, 80].sort());
  });

  test("are sent at 80 % and at 100 % of a spending cap, once each for each cap", async () => {
    const id = await subscriber();
    await setSpendingCap(id, id, 100);
    const told = async () =>
      (await mailsTo(id, "cap-notice")).map(({ isReached, spent }) => [isReached, spent]);
    await use(id, 5_399);
    await follow();
    expect(await told()).toEqual([]);
    await use(id, 1);
    await follow();
    await use(id, 1);
    await follow();
    expect(await told()).toEqual([[false, "$0.80"]]);
    await use(id, 99);
    await follow();
    expect(await told()).toEqual([
      [false, "$0.80"],
      [true, "$1"],
    ]);
    await setSpendingCap(id, id, 120);
    await use(id, 1);
    await follow();
    expect(await mailsTo(id, "cap-notice")).toMatchObject([
      {},
      {},
      { isReached: false, spendingCap: "$1.20", spent: "$1", plan: "Pro" },
    ]);
    const [notice] = await mailsTo(id, "cap-notice");
    if (!notice) throw new Error("There is no mail.");
    const { subject, body } = writeMessage("cap-notice", notice, "ada@example.com");
    expect(subject).toBe("Your Northstar spending cap of $1 is nearly reached");
    expect(toPlainText(await render(body))).toContain("unless you raise the cap");
  });

  test("are not sent by state that is rebuilt, nor after it for the same period", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "pro-monthly");
    await polar().events.ingest({
      events: [
        {
          name: "qr_code.generated",
          external_customer_id: who.workspaceId,
          metadata: { units: 4_500 },
        },
      ],
    });
    await shop.buyer.settle();
    // A pull's moment has whole seconds and must not lie before the window's start.
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 60 });
    const rebuild = { id: randomUUID(), mode: "rebuild", step: "customers" } as const;
    await db().insert(reconcileRuns).values(rebuild);
    await pullWorkspace(who.workspaceId);
    await db()
      .update(reconcileRuns)
      .set({ finishedAt: new Date() })
      .where(eq(reconcileRuns.id, rebuild.id));
    expect((await getUsage(who.workspaceId)).used).toBe(4_500);
    await use(who.workspaceId, 1);
    await follow();
    expect(await shares(who.workspaceId)).toEqual([]);
  });

  test("say what is used, until when, and what comes then", async () => {
    const notice = {
      isUsedUp: true,
      plan: "Pro",
      used: 5_000,
      included: 5_000,
      endsAt: "2026-12-24T10:00:00Z",
      overage: { price: "$2", units: 1_000 },
      spendingCap: "$20",
    };
    const textOf = async (props: EmailProps["usage-notice"]) => {
      const { subject, body } = writeMessage("usage-notice", props, "ada@example.com");
      return `${subject}\n${toPlainText(await render(body))}`;
    };
    const capped = await textOf(notice);
    expect(capped).toContain("Your Northstar codes are used up");
    expect(capped).toContain("5,000 of 5,000 codes are used in this period");
    expect(capped).toContain("ends on December 24, 2026");
    expect(capped).toContain("$2 per 1,000 codes, up to your spending cap of $20, and billed");
    expect(await textOf({ ...notice, spendingCap: null })).toContain("you can set a spending cap");
    const free = { ...notice, isUsedUp: false, used: 41, included: 50, overage: null };
    expect(await textOf(free)).toContain("You have used 82% of your Northstar codes");
    expect(await textOf(free)).toContain("no new codes can be made until the next period");
  });
});
