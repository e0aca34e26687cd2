import { like, ne } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { emails, orders, sideEffects, subscriptions } from "@/db/schema";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { polar } from "@/lib/polar";
import { buyerIn } from "../support/buyer";
import { faultsOf, faultyMonth } from "../support/faulty-month";
import { mirrorState } from "../support/mirror";
import { startReceiver } from "../support/receiver";
import { ownWorld, type World } from "../support/world";

/** `npm run test:faults` asks for 200. */
const count = Number(process.env.FAULT_CUSTOMERS || 10);

let world: World;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  world = await ownWorld();
  receiver = await startReceiver(world);
  await reconcile();
});
afterAll(async () => {
  receiver.close();
  await world.close();
  await closeDb();
});

test(
  `after a month of ${count} customers with lost, doubled and late webhooks and a failing API, one reconcile leaves no difference`,
  async () => {
    const buyer = buyerIn(world);
    const started = performance.now();
    await faultyMonth(world, count);
    await receiver.applied();
    await applyInbox();
    const lived = performance.now();

    await buyer.faults({ ...faultsOf(1), webhooks: {} });
    const report = await reconcile();
    const repaired = performance.now();
    expect(report.finished).toBe(true);
    expect(report.differences).not.toEqual({});
    await buyer.faults();
    await buyer.settle();
    await receiver.applied();

    const second = await reconcile();
    expect(second.differences).toEqual({});
    const seconds = (from: number, to: number) => Math.round((to - from) / 100) / 10;
    console.log(
      `${count} customers: month ${seconds(started, lived)} s, reconcile ${seconds(lived, repaired)} s, ` +
        `${report.compared} objects, ${JSON.stringify(report.differences)}`,
    );

    const ours = new Map(
      [
        ...(await db().select().from(subscriptions)).map((row) => ({
          id: row.id,
          state: [row.status, row.amount, row.productId, row.cancelAtPeriodEnd],
        })),
        ...(await db().select().from(orders)).map((row) => ({
          id: row.id,
          state: [row.status, row.paid, row.totalAmount, row.refundedAmount],
        })),
      ].map(({ id, state }) => [id, state]),
    );
    const paid: string[] = [];
    let theirs = 0;
    for await (const each of polar().subscriptions.iterList({ limit: 100 })) {
      const state = [each.status, each.amount, each.product_id, each.cancel_at_period_end];
      expect(ours.get(each.id)).toEqual(state);
      theirs++;
    }
    for await (const each of polar().orders.iterList({ limit: 100 })) {
      const state = [each.status, each.paid, each.total_amount, each.refunded_amount];
      expect(ours.get(each.id)).toEqual(state);
      theirs++;
      if (each.paid) paid.push(each.id);
    }
    expect(ours.size).toBe(theirs);
    expect(theirs).toBeGreaterThan(count);

    const fulfilled = await db()
      .select()
      .from(sideEffects)
      .where(like(sideEffects.key, "order-fulfilled:%"));
    expect(fulfilled.map(({ key }) => key.slice("order-fulfilled:".length)).sort()).toEqual(
      paid.sort(),
    );
    const mailed = await db().select().from(emails).where(ne(emails.template, "sign-in"));
    expect(new Set(mailed.map(({ key }) => key)).size).toBe(mailed.length);

    const state = await mirrorState();
    await reconcile({ mode: "rebuild" });
    expect({ ...(await mirrorState()), checkout: null }).toEqual({ ...state, checkout: null });
  },
  60_000 * Math.max(1, count / 8),
);
