import { eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { subscriptionChanges } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { atPolar, change, changingShop, managed, ordersOf, to } from "../support/changes";

const { shop, subscriber } = changingShop();

describe("one change at a time", () => {
  const changes = (who: Viewer) =>
    db()
      .select()
      .from(subscriptionChanges)
      .where(eq(subscriptionChanges.workspaceId, who.workspaceId));

  test("many clicks at once are one change and one invoice, and all are told that it is done", async () => {
    const who = await subscriber("pro-monthly");
    const { seen } = await managed(who);
    const results = await Promise.all(
      Array.from({ length: 6 }, () => change(who, to("business-monthly"), seen)),
    );
    expect(results).toEqual(Array.from({ length: 6 }, () => ({ done: "plan_changed" })));
    await shop.buyer.settle();
    const orders = await ordersOf(who);
    expect(orders.filter((o) => o.billing_reason === "subscription_update")).toHaveLength(1);
    const outcomes = (await changes(who)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([
      "already",
      "already",
      "already",
      "already",
      "already",
      "plan_changed",
    ]);
  });

  test("of two tabs that want different things one is done, the other told to look again", async () => {
    const who = await subscriber("pro-monthly");
    const { seen } = await managed(who);
    const results = await Promise.all([
      change(who, to("business-monthly"), seen),
      change(who, to("pro-yearly"), seen),
      change(who, { action: "cancel", reason: null, comment: null }, seen),
    ]);
    expect(results.filter((result) => "done" in result)).toHaveLength(1);
    expect(results.filter((result) => "failure" in result)).toEqual([
      { failure: "changed_meanwhile" },
      { failure: "changed_meanwhile" },
    ]);
  });

  test("what was changed in the portal meanwhile is seen although no webhook has come", async () => {
    const who = await subscriber("business-monthly");
    const { seen } = await managed(who);
    const [subscription] = await atPolar(who);
    await polar().subscriptions.update(subscription?.id ?? "", { cancel_at_period_end: true });
    expect(await change(who, { action: "pause" }, seen)).toEqual({ failure: "changed_meanwhile" });
    expect((await readEntitlement(db(), who.workspaceId)).cancelAtPeriodEnd).toBe(true);
  });

  test("a change whose maker died is given up, so that the next one can be made", async () => {
    const who = await subscriber("business-monthly");
    const { workspaceId, userId } = who;
    const createdAt = new Date(Date.now() - 180_000);
    await db()
      .insert(subscriptionChanges)
      .values({ workspaceId, userId, action: "resume", createdAt });
    expect(await change(who, { action: "pause" })).toEqual({ done: "pause_scheduled" });
  });
});

test("an answer of Polar that is lost is told so; asked again, it is done and not done twice", async () => {
  const who = await subscriber("pro-monthly");
  const { seen } = await managed(who);
  const send = globalThis.fetch;
  const network = vi.spyOn(globalThis, "fetch").mockImplementation(async (...request) => {
    const response = await send(...request);
    if (request[1]?.method === "PATCH") throw new TypeError("fetch failed");
    return response;
  });
  const first = await change(who, to("business-monthly"), seen);
  network.mockRestore();
  expect(first).toEqual({ failure: "change_unconfirmed" });
  expect(await change(who, to("business-monthly"), seen)).toEqual({ done: "plan_changed" });
  const orders = await ordersOf(who);
  expect(orders.filter((o) => o.billing_reason === "subscription_update")).toHaveLength(1);
});

test("after a change, and after one of which nothing is known, the workspace is pulled: webhooks may be lost", async () => {
  const who = await subscriber("pro-monthly");
  const asked = async () => {
    const jobs = await db().execute(
      sql`select graphile_worker.remove_job(key) from graphile_worker.jobs where key = ${`pull:${who.workspaceId}`}`,
    );
    return jobs.length;
  };
  await asked();
  expect(await change(who, to("business-monthly"))).toEqual({ done: "plan_changed" });
  expect(await asked()).toBe(1);
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await change(who, { action: "pause" })).toEqual({ failure: "change_unconfirmed" });
  await shop.buyer.faults();
  expect(await asked()).toBe(1);
});

test("with Polar away nothing is changed, and the person is told", async () => {
  const who = await subscriber("business-monthly");
  const { seen } = await managed(who);
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await change(who, { action: "pause" }, seen)).toEqual({ failure: "change_unconfirmed" });
  await shop.buyer.faults();
  expect(await change(who, { action: "pause" }, seen)).toEqual({ done: "pause_scheduled" });
});

test("who has no subscription, and who asks for what there is not, is told so", async () => {
  const nobody = await viewer();
  expect(await change(nobody, to("pro-monthly"), "x")).toEqual({ failure: "no_subscription" });
  const who = await subscriber("business-monthly");
  for (const product of ["pack-1000", "nothing"])
    expect(await change(who, { action: "change_plan", product })).toEqual({
      failure: "unknown_product",
    });
});
