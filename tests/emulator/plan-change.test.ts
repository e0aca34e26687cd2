import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { charged, ended, state } from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let basic: models.Product;
let better: models.Product;

const subscriptionId = async (externalId: string) => {
  const { items } = await life.polar.subscriptions.list({ external_customer_id: externalId });
  return items[0]?.id ?? "";
};

afterEach(() => life.close());

const change = async (
  externalId: string,
  product: models.Product,
  proration_behavior: models.SubscriptionProrationBehavior,
) => {
  await life.polar.subscriptions.update(await subscriptionId(externalId), {
    product_id: product.id,
    proration_behavior,
  });
  await life.settle();
  return life.events();
};
const lastOrder = async (externalId: string) => {
  const { items } = await life.polar.orders.list({ external_customer_id: externalId });
  const [order] = items;
  return {
    reason: order?.billing_reason,
    total: order?.total_amount,
    lines: order?.items.map(({ amount }) => amount),
  };
};
const swapped = [
  "subscription.updated (active)",
  "benefit_grant.revoked",
  "benefit_grant.created",
  state,
];
beforeEach(async () => {
  life = await polarLife();
  const plan = async (name: string, price_amount: number) => {
    const benefit = await life.polar.benefits.create({
      type: "feature_flag",
      description: `What ${name} gives`,
      properties: {},
    });
    const product = await life.polar.products.create({
      name,
      recurring_interval: "month",
      prices: [{ amount_type: "fixed", price_amount }],
    });
    return await life.polar.products.updateBenefits(product.id, { benefits: [benefit.id] });
  };
  basic = await plan("Basic", 1500);
  better = await plan("Better", 3000);
  await life.settle();
});

test("prorate: now, and the difference on the next order, to the cent", async () => {
  await life.buy(basic, "prorates");
  const bought = (await life.polar.subscriptions.get(await subscriptionId("prorates")))
    .current_period_end;
  life.events();
  const days = (Date.parse(bought) - Date.parse(await now())) / 86_400_000;
  await life.advance(days / 2);
  life.events();
  expect(await change("prorates", better, "prorate")).toEqual(swapped);
  await life.advance(days / 2 + 0.1);
  const { lines, total } = await lastOrder("prorates");
  expect(lines).toEqual([-750, 1500, 3000]);
  expect(total).toBe(3750);
});

test("invoice: an order now, charged after the change; there and back in an instant is nothing", async () => {
  await life.buy(basic, "invoiced");
  life.events();
  expect(await change("invoiced", better, "invoice")).toEqual([
    "order.created (pending)",
    ...swapped.slice(0, 3),
    ...charged,
    "order.updated (paid)",
    state,
  ]);
  expect(await lastOrder("invoiced")).toMatchObject({ reason: "subscription_update" });
  const credit = await change("invoiced", basic, "invoice");
  expect(credit.slice(0, 4)).toEqual([
    "order.created (pending)",
    "order.updated (paid)",
    "order.paid (paid)",
    "subscription.updated (active)",
  ]);
});

test("invoice with a card that fails is 402, and nothing has changed", async () => {
  const { customer } = await life.buy(basic, "unpaid");
  await life.control("PUT", `customers/${customer.id}/card`, { number: "4000000000000341" });
  life.events();
  await expect(change("unpaid", better, "invoice")).rejects.toMatchObject({ statusCode: 402 });
  await life.settle();
  expect(life.events()).toEqual([]);
  const id = await subscriptionId("unpaid");
  expect((await life.polar.subscriptions.get(id)).product_id).toBe(basic.id);
  expect((await lastOrder("unpaid")).reason).toBe("subscription_create");
});

test("next_period: noted now, done at renewal; it can be taken back before", async () => {
  await life.buy(basic, "later");
  life.events();
  expect(await change("later", better, "next_period")).toEqual([
    "subscription.updated (active)",
    state,
  ]);
  const id = await subscriptionId("later");
  expect((await life.polar.subscriptions.get(id)).pending_update?.product_id).toBe(better.id);
  await life.polar.subscriptions.update(id, { pending_update: null });
  await change("later", better, "next_period");
  await life.settle();
  life.events();
  await life.advance(32);
  expect(life.events().slice(0, 6)).toEqual([
    "subscription.cycled (active)",
    "subscription.updated (active)",
    "order.created (pending)",
    "benefit_grant.revoked",
    "benefit_grant.created",
    ...charged.slice(0, 1),
  ]);
  expect(await life.polar.subscriptions.get(id)).toMatchObject({
    product_id: better.id,
    pending_update: null,
  });
  expect((await lastOrder("later")).total).toBe(3000);
});

test("reset: a new period, charged whole", async () => {
  await life.buy(basic, "resets");
  await life.advance(10);
  life.events();
  expect((await change("resets", better, "reset"))[0]).toBe("order.created (pending)");
  expect(await lastOrder("resets")).toMatchObject({ total: 3000, lines: [3000] });
  const subscription = await life.polar.subscriptions.get(await subscriptionId("resets"));
  expect(Date.parse(subscription.current_period_start)).toBeGreaterThan(
    Date.parse(subscription.started_at ?? "") + 9 * 86_400_000,
  );
});

test("one that was canceled, and a product that is none, are refused", async () => {
  await life.buy(basic, "refused");
  const id = await subscriptionId("refused");
  const none = life.polar.subscriptions.update(id, { product_id: life.products.pack.id });
  await expect(none).rejects.toMatchObject({ statusCode: 422 });
  await life.polar.subscriptions.update(id, { cancel_at_period_end: true });
  await expect(change("refused", better, "prorate")).rejects.toMatchObject({ statusCode: 403 });
});

const now = async () => (await life.control<{ now: string }>("GET", "clock")).now;

test("an upgrade that is prorated is charged at the end too where the subscription ends", async () => {
  await life.buy(basic, "upgrades-and-goes");
  await life.advance(15);
  await change("upgrades-and-goes", better, "prorate");
  const id = await subscriptionId("upgrades-and-goes");
  await life.polar.subscriptions.update(id, { cancel_at_period_end: true });
  await life.settle();
  life.take();
  await life.advance(17);
  expect(life.events()).toEqual([
    ...ended,
    "order.created (pending)",
    "benefit_grant.revoked",
    ...charged,
    "order.updated (paid)",
    state,
  ]);
  const { reason, total, lines } = await lastOrder("upgrades-and-goes");
  expect(reason).toBe("subscription_cycle");
  expect(lines?.map(Math.sign)).toEqual([-1, 1]);
  expect(total).toBe(lines?.reduce((sum, amount) => sum + amount, 0));
});
