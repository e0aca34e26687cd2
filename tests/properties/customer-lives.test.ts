import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listsOf, live } from "../support/customer-life";
import { step } from "../support/customer-steps";
import { type Delivery, type PolarLife, polarLife } from "../support/polar-life";

// Whatever happens to a customer, in whatever order: what the local Polar says adds up.
let life: PolarLife;
let lives = 0;
beforeAll(async () => {
  life = await polarLife({ stateDebounceMs: 1, meterDelayMs: 1, paymentDelayMs: 1 });
});
afterAll(() => life.close());

type Lists = Awaited<ReturnType<typeof listsOf>>;
type Told = { type: string; data: Record<string, unknown> };

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
const LIVED = new Set(["paid", "refunded", "partially_refunded"]);

/** An order's parts make its whole, and what was given back is what its refunds gave. */
function amountsAddUp({ orders, refunds }: Lists): void {
  for (const order of orders) {
    expect(sum(order.items.map(({ amount }) => amount))).toBe(order.subtotal_amount);
    expect(order.subtotal_amount - order.discount_amount).toBe(order.net_amount);
    expect(order.net_amount + order.tax_amount).toBe(order.total_amount);
    expect(order.due_amount).toBe(Math.max(0, order.total_amount + order.applied_balance_amount));
    const given = refunds.filter(
      ({ order_id, status }) => order_id === order.id && status === "succeeded",
    );
    expect(sum(given.map(({ amount }) => amount))).toBe(order.refunded_amount);
    if (given.length === 0) expect(order.status).toMatch(/^(paid|pending|void)$/);
    else expect(order.status).toMatch(/refunded$/);
  }
  // Credit is used up only after it was earned.
  const earned = sum(orders.map(({ total_amount }) => Math.max(0, -total_amount)));
  const used = sum(orders.map(({ applied_balance_amount }) => applied_balance_amount));
  expect(-used).toBeLessThanOrEqual(earned);
}

/** A meter's balance is its credits less the use of its window, as the list of events has them. */
function metersAddUp({ meters, events }: Lists): void {
  for (const meter of meters) {
    const mine = events.filter(
      ({ source, metadata }) =>
        source === "user" || ("meter_id" in metadata && metadata.meter_id === meter.meter_id),
    );
    const reset = mine.findLastIndex(({ name }) => name === "meter.reset");
    const current = mine.slice(reset + 1);
    const units = (name: string) =>
      current
        .filter((event) => event.name === name)
        .map(({ metadata }) => Number((metadata as { units?: number }).units));
    // A credit that is taken back leaves nothing below zero.
    const credited = units("meter.credited").reduce((total, n) => Math.max(0, total + n), 0);
    expect(meter.credited_units).toBe(credited);
    expect(meter.consumed_units).toBe(sum(units("code")));
    expect(meter.balance).toBe(meter.credited_units - meter.consumed_units);
  }
}

/** What is tried again is still owed, and renewals of what has ended are not. */
function debtsAddUp({ orders, subscriptions }: Lists): void {
  const ended = new Set(subscriptions.filter(({ ended_at }) => ended_at).map(({ id }) => id));
  for (const { status, billing_reason, next_payment_attempt_at, subscription_id } of orders) {
    if (!next_payment_attempt_at) continue;
    expect(status).toBe("pending");
    if (billing_reason !== "subscription_meter_cycle")
      expect(ended.has(subscription_id ?? "")).toBe(false);
  }
}

const kinds = {
  subscriptions: ["subscription."],
  orders: ["order."],
  refunds: ["refund."],
  grants: ["benefit_grant."],
} as const;

/** What Polar changes without an event (a retry's date, a meter's next period), or belongs to others. */
const untold = new Set([
  "modified_at",
  "next_payment_attempt_at",
  "current_meter_period_start",
  "current_meter_period_end",
  "customer",
  "user",
  "user_id",
  "product",
  "subscription",
  "previous_properties",
  "price",
  "product_price",
]);
/** A discount that is over ends with a meter period, too, and of that there is no event either. */
const untoldOfMeterPeriods = new Set(["amount", "discount", "discount_id"]);
const own = (object: object, hasMeterPeriods: boolean) =>
  Object.fromEntries(
    Object.entries(object).filter(
      ([key]) => !untold.has(key) && !(hasMeterPeriods && untoldOfMeterPeriods.has(key)),
    ),
  );

/** Each object in the lists is as the last event about it said, and each was told of. */
function eventsAgree(lists: Lists, deliveries: readonly Delivery[]): void {
  const told = deliveries.map(({ body }) => JSON.parse(body) as Told);
  for (const [name, [prefix]] of Object.entries(kinds) as [keyof typeof kinds, [string]][]) {
    const last = new Map<unknown, Told["data"]>();
    for (const { type, data } of told) if (type.startsWith(prefix)) last.set(data.id, data);
    expect(last.size).toBe(lists[name].length);
    for (const object of lists[name]) {
      const hasMeterPeriods =
        "current_meter_period_end" in object && !!object.current_meter_period_end;
      const said = last.get(object.id) ?? {};
      expect(own(said, hasMeterPeriods)).toEqual(own(object, hasMeterPeriods));
    }
  }
  for (const order of lists.orders) {
    const paid = told.filter(({ type, data }) => type === "order.paid" && data.id === order.id);
    expect(paid.length).toBe(LIVED.has(order.status) ? 1 : 0);
  }
}

test("amounts and meters add up and lists agree with the events, through any life", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      lives += 1;
      const externalId = `life-${lives}`;
      const customer = await life.polar.customers.create({
        email: `${externalId}@example.com`,
        external_id: externalId,
      });
      await life.settle();
      life.take();
      const deliveries: Delivery[] = [];
      for (const each of steps) {
        await live(life, customer, each);
        deliveries.push(...life.take());
        const lists = await listsOf(life, externalId);
        amountsAddUp(lists);
        metersAddUp(lists);
        debtsAddUp(lists);
        eventsAgree(
          lists,
          deliveries.filter(({ body }) => body.includes(customer.id)),
        );
      }
      await life.control("PUT", `customers/${customer.id}/card`, { number: "4242424242424242" });
      await life.polar.customers.delete(customer.id);
      await life.settle();
    }),
    { numRuns: 25 },
  );
}, 120_000);
