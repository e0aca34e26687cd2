import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { findManaged } from "@/lib/billing/changes/managed";
import type { Change } from "@/lib/billing/changes/request";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { atPolar, change, changingShop, managed, ordersOf, planOf, to } from "../support/changes";

const day = 86_400;
const { shop, pass, subscriber } = changingShop();

describe("end, pause and back", () => {
  test("cancel keeps access until the period's end and says why; uncancel takes it back", async () => {
    const who = await subscriber("business-monthly");
    const comment = "It was too much for me.";
    const cancel: Change = { action: "cancel", reason: "too_expensive", comment };
    expect(await change(who, cancel)).toEqual({ done: "canceled" });
    expect(await atPolar(who)).toMatchObject([
      {
        status: "active",
        cancel_at_period_end: true,
        customer_cancellation_reason: "too_expensive",
        customer_cancellation_comment: comment,
      },
    ]);
    expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
      plan: "business",
      cancelAtPeriodEnd: true,
    });
    expect(await change(who, to("pro-monthly"))).toEqual({ failure: "not_possible" });
    expect(await change(who, { action: "uncancel" })).toEqual({ done: "uncanceled" });
    expect((await readEntitlement(db(), who.workspaceId)).cancelAtPeriodEnd).toBe(false);
  });

  test("a pause begins with the period's end, gives nothing, and ends with a new paid period", async () => {
    const who = await subscriber("business-monthly");
    expect(await change(who, { action: "pause" })).toEqual({ done: "pause_scheduled" });
    expect(await change(who, { action: "keep_running" })).toEqual({ done: "pause_taken_back" });
    expect(await change(who, { action: "pause" })).toEqual({ done: "pause_scheduled" });
    expect(await planOf(who)).toBe("business-monthly");
    await pass(32 * day);
    await pullWorkspace(who.workspaceId);
    expect(await managed(who)).toMatchObject({ status: "paused" });
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
    const orders = (await ordersOf(who)).length;
    expect(await change(who, { action: "resume" })).toEqual({ done: "resumed" });
    await shop.buyer.settle();
    expect(await planOf(who)).toBe("business-monthly");
    expect(await ordersOf(who)).toHaveLength(orders + 1);
  });

  test("a paused subscription can be ended; nobody buys a second one beside it", async () => {
    const who = await subscriber("business-monthly");
    await change(who, { action: "pause" });
    await pass(32 * day);
    await pullWorkspace(who.workspaceId);
    await expect(shop.buyer.buy(who, "pro-monthly")).rejects.toThrow("already_subscribed");
    const cancel: Change = { action: "cancel", reason: null, comment: null };
    expect(await change(who, cancel)).toEqual({ done: "ended" });
    expect(await findManaged(db(), who.workspaceId)).toBeNull();
    await shop.buyer.buy(who, "pro-monthly");
    expect((await atPolar(who)).filter(({ status }) => status === "trialing")).toHaveLength(1);
  });
});
