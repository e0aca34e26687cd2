import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, reconcileRuns, subscriptions, webhookInbox } from "@/db/schema";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { causesOf, planOf, reconciledShop } from "../support/reconciled";
import { envelope, signed } from "../support/webhooks";

const { shop, subscribed, inStep } = reconciledShop();

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
