import { afterAll, beforeAll, expect, test } from "vitest";
import {
  charged,
  checkoutConfirmed,
  ended,
  orderPaid,
  renewalFailed,
  state,
} from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";

// The rows of the order in which Polar's own server tells what happens, as far as it is emulated.
let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const subscriptionId = async (externalId: string) => {
  const { items } = await life.polar.subscriptions.list({ external_customer_id: externalId });
  return items[0]?.id ?? "";
};

test("one-time purchase, and its full refund", async () => {
  await life.buy(life.products.pack, "once");
  expect(life.events()).toEqual([
    ...checkoutConfirmed,
    ...orderPaid,
    "checkout.updated (succeeded)",
    "benefit_grant.created",
    "order.updated (paid)",
    state,
  ]);
  const { items } = await life.polar.orders.list({ external_customer_id: "once" });
  await life.polar.refunds.create({
    order_id: items[0]?.id ?? "",
    reason: "customer_request",
    amount: 1000,
    revoke_benefits: true,
  });
  await life.settle();
  expect(life.events()).toEqual([
    "refund.created (succeeded)",
    "order.updated (refunded)",
    "order.refunded (refunded)",
    "benefit_grant.revoked",
    "refund.updated (succeeded)",
    state,
  ]);
});

test("a checkout for somebody new makes the customer when it is submitted", async () => {
  const checkout = await life.polar.checkouts.create({
    products: [life.products.pack.id],
    external_customer_id: "new-one",
    customer_email: "new-one@example.com",
  });
  await life.confirm(checkout);
  expect(life.events().slice(0, 3)).toEqual([
    "checkout.created (open)",
    "checkout.updated (confirmed)",
    "customer.created",
  ]);
});

test("new subscription, cancel and uncancel, cancel and its end", async () => {
  await life.buy(life.products.plan, "cancels");
  expect(life.events()).toEqual([
    ...checkoutConfirmed,
    "subscription.created (active)",
    "subscription.active (active)",
    "subscription.updated (active)",
    ...orderPaid,
    "checkout.updated (succeeded)",
    "benefit_grant.created",
    "benefit_grant.created",
    "order.updated (paid)",
    state,
  ]);
  const id = await subscriptionId("cancels");
  const set = async (cancel: boolean) => {
    await life.polar.subscriptions.update(id, { cancel_at_period_end: cancel });
    await life.settle();
    return life.events();
  };
  const canceled = ["subscription.updated (active)", "subscription.canceled (active)", state];
  expect(await set(true)).toEqual(canceled);
  expect(await set(false)).toEqual([
    "subscription.updated (active)",
    "subscription.uncanceled (active)",
    state,
  ]);
  expect(await set(true)).toEqual(canceled);
  await expect(set(true)).rejects.toMatchObject({ statusCode: 403 });
  await life.advance(32);
  expect(life.events()).toEqual([
    ...ended,
    "benefit_grant.revoked",
    "benefit_grant.revoked",
    state,
  ]);
});

test("trial start and conversion", async () => {
  await life.buy(life.products.trial, "tries");
  expect(life.events()).toEqual([
    ...checkoutConfirmed,
    "subscription.created (trialing)",
    "subscription.active (trialing)",
    "subscription.updated (trialing)",
    ...orderPaid,
    "checkout.updated (succeeded)",
    "benefit_grant.created",
    "order.updated (paid)",
    state,
  ]);
  await life.advance(14.1);
  expect(life.events()).toEqual([
    "subscription.cycled (active)",
    "subscription.updated (active)",
    "order.created (pending)",
    ...charged,
    "benefit_grant.cycled",
    "order.updated (paid)",
    state,
  ]);
  const { items } = await life.polar.orders.list({ external_customer_id: "tries" });
  expect(items.map(({ total_amount }) => total_amount)).toEqual([1900, 0]);
  await life.polar.subscriptions.revoke(await subscriptionId("tries"));
});

test("immediate revoke", async () => {
  await life.buy(life.products.plan, "revoked");
  life.events();
  await life.polar.subscriptions.revoke(await subscriptionId("revoked"));
  await life.settle();
  expect(life.events()).toEqual([
    ...ended,
    "benefit_grant.revoked",
    "benefit_grant.revoked",
    state,
  ]);
});

test("a renewal that fails, recovers, fails again and is given up", async () => {
  const { customer } = await life.buy(life.products.trial, "fails");
  await life.advance(14.1);
  life.events();
  const setCard = (number: string) =>
    life.control("PUT", `customers/${customer.id}/card`, { number });
  await setCard("4000000000000341");
  await life.advance(31);
  const failing = [...renewalFailed, "benefit_grant.revoked", state];
  expect(life.events()).toEqual(failing);
  await setCard("4242424242424242");
  await life.advance(2.1);
  expect(life.events()).toEqual([
    "subscription.updated (active)",
    "subscription.active (active)",
    ...charged,
    "benefit_grant.created",
    "order.updated (paid)",
    state,
  ]);
  await setCard("4000000000000341");
  await life.advance(29);
  expect(life.events()).toEqual(failing);
  await life.advance(21.1);
  expect(life.events()).toEqual([...ended, "order.updated (void)", state]);
});

test("a declined card opens the checkout again; nobody submits it, and it expires", async () => {
  await life.buy(life.products.plan, "declined", "pm_card_visa_chargeDeclined");
  expect(life.events()).toEqual([...checkoutConfirmed, "checkout.updated (open)", state]);
  await life.advance(1.1);
  expect(life.events()).toEqual(["checkout.expired (expired)"]);
});

test("a customer with a subscription is deleted", async () => {
  const { customer } = await life.buy(life.products.trial, "leaves");
  life.events();
  await life.polar.customers.delete(customer.id);
  await life.settle();
  expect(life.events()).toEqual([...ended, "customer.deleted", "benefit_grant.revoked", state]);
});

test("a yearly plan is credited by the month, and its overage charged by the month", async () => {
  await life.buy(life.products.yearly, "yearly");
  life.events();
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "yearly", metadata: { units: 6000 } }],
  });
  await life.advance(32);
  expect(life.events()).toEqual([
    "subscription.updated (active)",
    state,
    "order.created (pending)",
    "benefit_grant.cycled",
    ...charged,
    "order.updated (paid)",
    state,
  ]);
  const orders = await life.polar.orders.list({ external_customer_id: "yearly" });
  expect(orders.items[0]).toMatchObject({
    billing_reason: "subscription_meter_cycle",
    total_amount: 200,
  });
  const meters = await life.polar.customerMeters.list({ external_customer_id: "yearly" });
  expect(meters.items[0]).toMatchObject({ consumed_units: 0, credited_units: 5000 });
});

test("pause at the period's end, and resume", async () => {
  await life.buy(life.products.trial, "rests");
  const id = await subscriptionId("rests");
  await life.polar.subscriptions.update(id, { trial_end: "now" });
  await life.settle();
  life.events();
  await life.polar.subscriptions.update(id, { pause_at_period_end: true });
  await life.settle();
  expect(life.events()).toEqual(["subscription.updated (active)", state]);
  const { current_period_end } = await life.polar.subscriptions.get(id);
  await life.control("POST", "clock/advance", { to: current_period_end });
  const mine = [
    "subscription.updated (paused)",
    "subscription.paused (paused)",
    "benefit_grant.revoked",
    state,
  ];
  expect(life.events().filter((event) => mine.includes(event))).toEqual(
    expect.arrayContaining(mine),
  );
  await life.polar.subscriptions.update(id, { resume: true });
  await life.settle();
  expect(life.events()).toEqual([
    "subscription.updated (active)",
    "subscription.resumed (active)",
    "order.created (pending)",
    "benefit_grant.created",
    ...charged,
    "benefit_grant.cycled",
    "order.updated (paid)",
    state,
  ]);
  await life.polar.subscriptions.revoke(id);
});
