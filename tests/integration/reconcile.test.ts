import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { db } from "@/db/client";
import {
  benefitGrants,
  customers,
  emails,
  orders,
  reconcileDifferences,
  reconcileRuns,
  subscriptions,
  webhookInbox,
} from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { storePulled } from "@/lib/billing/mirror/pull";
import { lastRefreshed, refreshWorkspace } from "@/lib/billing/reconcile/refresh";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { toldShop } from "../support/shop";
import { envelope, signed } from "../support/webhooks";

const shop = toldShop();

afterEach(async () => {
  await shop.buyer.faults();
  shop.receiver.settings.applies = true;
  await shop.receiver.applied();
  await reconcile();
});

async function causesOf(runId: string): Promise<Record<string, string>> {
  const rows = await db()
    .select()
    .from(reconcileDifferences)
    .where(eq(reconcileDifferences.runId, runId));
  return Object.fromEntries(rows.map((row) => [row.objectId, row.cause]));
}

async function subscribed(options: { lost?: boolean } = {}) {
  const who = await viewer();
  if (options.lost) await shop.buyer.faults({ webhooks: { drop_share: 1 } });
  await shop.buyer.buy(who, "business-monthly");
  await shop.settled();
  const [subscription] = (
    await polar().subscriptions.list({ external_customer_id: who.workspaceId })
  ).items;
  if (!subscription) throw new Error("There is no subscription.");
  return { who, id: subscription.id };
}

/**
 * Bought and in step with Polar, its meters too, of which no webhook tells; some time ago. What is compared within a
 * second of a webhook counts as older than it (decision 0022).
 */
async function inStep() {
  const bought = await subscribed();
  await later(60);
  await reconcile();
  await later(60);
  return bought;
}

const later = async (seconds: number) => {
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds });
  await shop.settled();
};
const clock = () => shop.world.call<{ now: string }>("GET", "/_emulator/clock");

const planOf = async (workspaceId: string) => (await readEntitlement(db(), workspaceId)).plan;

test("what lost webhooks should have told is found, with its cause, repaired and fulfilled once", async () => {
  const { who, id } = await subscribed({ lost: true });
  expect(await planOf(who.workspaceId)).toBe("free");
  const report = await reconcile();
  expect(report.finished).toBe(true);
  expect(await planOf(who.workspaceId)).toBe("business");
  expect((await causesOf(report.runId))[id]).toBe("webhook_lost");
  expect((await reconcile()).differences).toEqual({});
  const sent = await db().select().from(emails).where(eq(emails.workspaceId, who.workspaceId));
  expect(sent).toHaveLength(1);
});

test("what is in the inbox and was not applied is told apart, and its late apply changes nothing", async () => {
  shop.receiver.settings.applies = false;
  const { who, id } = await subscribed();
  const report = await reconcile();
  expect((await causesOf(report.runId))[id]).toBe("not_applied");
  expect(await planOf(who.workspaceId)).toBe("business");
  await applyInbox();
  expect(await planOf(who.workspaceId)).toBe("business");
  expect((await reconcile()).differences).toEqual({});
});

test("a customer of whom only the state was told counts as lost, as the state is no snapshot", async () => {
  const who = await viewer();
  await shop.buyer.faults({ webhooks: { drop_share: 1 } });
  const made = await polar().customers.create({ email: who.email, external_id: who.workspaceId });
  await shop.settled();
  const body = envelope("customer.state_changed", made, new Date().toISOString());
  const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  await applyInbox();
  expect(await causesOf((await reconcile()).runId)).toEqual({ [made.id]: "webhook_lost" });
});

test("what was applied and then written over is told apart", async () => {
  const { who, id } = await inStep();
  await db().update(subscriptions).set({ status: "canceled" }).where(eq(subscriptions.id, id));
  const report = await reconcile();
  expect(await causesOf(report.runId)).toEqual({ [id]: "overwritten" });
  expect(await planOf(who.workspaceId)).toBe("business");
});

test("with its webhook's body purged, the cause is unknown", async () => {
  const { id } = await inStep();
  await db().update(webhookInbox).set({ body: null }).where(eq(webhookInbox.objectId, id));
  await db().update(subscriptions).set({ status: "canceled" }).where(eq(subscriptions.id, id));
  expect(await causesOf((await reconcile()).runId)).toEqual({ [id]: "unknown" });
});

test("only what Polar says not to exist, and some time later again, gets a tombstone, and that gives no access", async () => {
  const { who, id } = await inStep();
  const [real] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  if (!real) throw new Error("not stored");
  const before = { versionAt: "2020-01-01T00:00:00Z", observedAt: "2020-01-01T00:00:00Z" };
  const invented = crypto.randomUUID();
  await db()
    .insert(subscriptions)
    .values({ ...real, ...before, id: invented });
  const causes = async () => (await causesOf((await reconcile()).runId))[invented];
  expect(await causes()).toBe("missing");
  expect(await causes()).toBe("missing");
  await later(15 * 60);
  expect(await causes()).toBe("gone");
  expect(await causes()).toBeUndefined();
  const rows = await db().select().from(subscriptions);
  expect(rows.filter(({ deletedAt }) => deletedAt).map((row) => row.id)).toEqual([invented]);
  await polar().subscriptions.revoke(id);
  await shop.settled();
  expect(await planOf(who.workspaceId)).toBe("free");
});

test("a row whose id Polar takes for none is told of and left alone, and holds up nothing", async () => {
  const { id } = await inStep();
  const [real] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  if (!real) throw new Error("not stored");
  const before = { versionAt: "2020-01-01T00:00:00Z", observedAt: "2020-01-01T00:00:00Z" };
  await db()
    .insert(subscriptions)
    .values({ ...real, ...before, id: "no-uuid" });
  const report = await reconcile();
  expect(report.finished).toBe(true);
  expect(await causesOf(report.runId)).toEqual({ "no-uuid": "unreadable" });
  await db().delete(subscriptions).where(eq(subscriptions.id, "no-uuid"));
});

test("a row that claims to be newer than Polar's is told of and not forced; a resync mends it", async () => {
  const { who, id } = await inStep();
  await db()
    .update(subscriptions)
    .set({
      status: "canceled",
      versionAt: "2999-01-01T00:00:00Z",
      observedAt: "2020-01-01T00:00:00Z",
    })
    .where(eq(subscriptions.id, id));
  const report = await reconcile();
  expect(await causesOf(report.runId)).toEqual({ [id]: "newer_here" });
  expect(await planOf(who.workspaceId)).toBe("free");
  await reconcile({ mode: "rebuild" });
  expect(await planOf(who.workspaceId)).toBe("business");
});

test("a customer that was deleted while webhooks were lost is gone here too, with the access", async () => {
  const { who, id } = await inStep();
  await shop.buyer.faults({ webhooks: { drop_share: 1 } });
  const [customer] = await db()
    .select()
    .from(customers)
    .where(eq(customers.workspaceId, who.workspaceId));
  await polar().customers.delete(customer?.id ?? "");
  await shop.settled();
  const causes = await causesOf((await reconcile()).runId);
  expect(causes[customer?.id ?? ""]).toBe("missing");
  expect(causes[id]).toBe("webhook_lost");
  expect(await planOf(who.workspaceId)).toBe("free");
  await later(15 * 60);
  expect((await causesOf((await reconcile()).runId))[customer?.id ?? ""]).toBe("gone");
  const granted = await db()
    .select({ deletedAt: benefitGrants.deletedAt })
    .from(benefitGrants)
    .where(eq(benefitGrants.workspaceId, who.workspaceId));
  expect(granted.length).toBeGreaterThan(0);
  for (const { deletedAt } of granted) expect(deletedAt).not.toBeNull();
});

test("a 404 that was wrong is forgotten once a list shows the object, and counts for no later one", async () => {
  const { who, id } = await inStep();
  await db()
    .update(subscriptions)
    .set({ missingSince: "2026-01-01T00:00:00Z" })
    .where(eq(subscriptions.id, id));
  expect((await reconcile()).differences).toEqual({});
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  expect(row).toMatchObject({ missingSince: null, deletedAt: null });
  expect(await planOf(who.workspaceId)).toBe("business");
});

test("a tombstone that is wrong is a difference, and taken back with what the customer was granted", async () => {
  const { who, id } = await inStep();
  const ofWorkspace = { deletedAt: "2026-01-01T00:00:00Z", missingSince: "2026-01-01T00:00:00Z" };
  for (const table of [customers, subscriptions, benefitGrants])
    await db().update(table).set(ofWorkspace).where(eq(table.workspaceId, who.workspaceId));
  expect(await planOf(who.workspaceId)).toBe("free");
  const causes = await causesOf((await reconcile()).runId);
  expect(Object.keys(causes)).toHaveLength(4);
  expect(causes[id]).toBe("overwritten");
  expect(await planOf(who.workspaceId)).toBe("business");
  expect((await reconcile()).differences).toEqual({});
});

test("a webhook of later than a wrong tombstone takes it back, one of earlier does not", async () => {
  const { who, id } = await inStep();
  await later(60);
  const buried = new Date(Date.parse((await clock()).now)).toISOString();
  await db().update(subscriptions).set({ deletedAt: buried }).where(eq(subscriptions.id, id));
  const tell = async (at: string) => {
    const body = envelope("subscription.updated", await polar().subscriptions.get(id), at);
    const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
    const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
    if (receipt.status !== "stored") throw new Error(receipt.status);
    await applyInbox();
    return await planOf(who.workspaceId);
  };
  const around = (ms: number) => new Date(Date.parse(buried) + ms).toISOString();
  expect(await tell(around(-1_000))).toBe("free");
  expect(await tell(around(1_000))).toBe("business");
});

test("a customer of whom Polar told that it is deleted stays so, whatever is told later", async () => {
  const { who } = await inStep();
  const [customer] = await db()
    .select()
    .from(customers)
    .where(eq(customers.workspaceId, who.workspaceId));
  if (!customer) throw new Error("not stored");
  const alive = await polar().customers.get(customer.id);
  await polar().customers.delete(customer.id);
  await shop.settled();
  const ahead = new Date(Date.parse((await clock()).now) + 3_600_000).toISOString();
  await storePulled("customer", alive, ahead, "test");
  const [after] = await db().select().from(customers).where(eq(customers.id, customer.id));
  expect(after?.deletedAt).not.toBeNull();
});

test("a run that was stopped goes on where it was", async () => {
  const { who } = await subscribed({ lost: true });
  const seen: string[] = [];
  const first = await reconcile({ shouldPause: () => true });
  expect(first.finished).toBe(false);
  let pauses = 0;
  for (;;) {
    const { runId, finished } = await reconcile({
      shouldPause: () => true,
      onProgress: ({ what, page }) => seen.push(`${what} ${page}`),
    });
    expect(runId).toBe(first.runId);
    if (finished) break;
    if (++pauses > 50) throw new Error("It does not come to its end.");
  }
  expect(seen).toEqual([...new Set(seen)]);
  expect(await planOf(who.workspaceId)).toBe("business");
  const [run] = await db().select().from(reconcileRuns).where(eq(reconcileRuns.id, first.runId));
  expect(run?.compared).toBeGreaterThan(5);
});

test("who goes on with a stopped run hears of what came since on the pages that it had read, too", async () => {
  await reconcile();
  let pages = 0;
  const stopped = await reconcile({ shouldPause: () => ++pages > 6 });
  expect(stopped.finished).toBe(false);
  const { who, id } = await subscribed({ lost: true });
  const report = await reconcile();
  expect(report.runId).not.toBe(stopped.runId);
  expect((await causesOf(report.runId))[id]).toBe("webhook_lost");
  expect(report.differences.webhook_lost).toBeGreaterThan(1);
  expect(await planOf(who.workspaceId)).toBe("business");
});

test("a run that stood still for ten minutes is not gone on with, also not by the hourly job", async () => {
  const stopped = await reconcile({ shouldPause: () => true });
  const again = await reconcile({ shouldPause: () => true });
  expect(again.runId).toBe(stopped.runId);
  await db()
    .update(reconcileRuns)
    .set({ progressedAt: new Date(Date.now() - 11 * 60_000) })
    .where(eq(reconcileRuns.id, stopped.runId));
  expect((await reconcile({ shouldPause: () => true })).runId).not.toBe(stopped.runId);
});

test("one workspace alone is brought up to date, and Polar's refusal for its rate is waited for", async () => {
  const { who } = await subscribed({ lost: true });
  await shop.buyer.faults({ api: { fault: "rate_limit", remaining: 2, retry_after: 1 } });
  const report = await reconcile({ workspaceId: who.workspaceId });
  expect(report.finished).toBe(true);
  expect(await planOf(who.workspaceId)).toBe("business");
  const rows = await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId));
  expect(rows).toHaveLength(1);
});

test("who asks for a refresh gets one, and the next half a minute later, also from two tabs at once", async () => {
  const { who } = await subscribed({ lost: true });
  const both = await Promise.all([
    refreshWorkspace(who.workspaceId),
    refreshWorkspace(who.workspaceId),
  ]);
  expect(both.sort()).toEqual(["refreshed", "too_soon"]);
  expect(await planOf(who.workspaceId)).toBe("business");
  const at = await lastRefreshed(who.workspaceId);
  expect(Date.now() - (at?.getTime() ?? 0)).toBeLessThan(60_000);
});

test("a refresh while Polar is down says so, and takes nothing away", async () => {
  const { who } = await subscribed();
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await refreshWorkspace(who.workspaceId)).toBe("unavailable");
  expect(await planOf(who.workspaceId)).toBe("business");
});
