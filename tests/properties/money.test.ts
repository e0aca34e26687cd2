import type { models } from "@polar-sh/sdk/2026-10";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let lives = 0;

// Real time stands still, so that "the same instant" is one but for the order of what happens in it.
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  life = await polarLife();
});
afterAll(async () => {
  await life.close();
  vi.useRealTimers();
});

const price = fc.integer({ min: 50, max: 50_000 });
const behavior = fc.constantFrom<models.SubscriptionProrationBehavior>("prorate", "invoice");
const step = fc.oneof(
  fc.record({ kind: fc.constant("plan" as const), to: fc.nat({ max: 2 }), behavior }),
  fc.record({ kind: fc.constant("seats" as const), to: fc.integer({ min: 1, max: 30 }), behavior }),
  fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("rate" as const), rate: fc.integer({ min: 0, max: 250 }) }),
);
const discount = fc.record({
  share: fc.option(fc.integer({ min: 1, max: 10_000 })),
  amount: fc.integer({ min: 0, max: 30_000 }),
  duration: fc.constantFrom<models.DiscountDuration>("once", "repeating", "forever"),
});
const life_ = fc.record({
  plans: fc.tuple(price, price, price),
  seat: price,
  seats: fc.integer({ min: 1, max: 30 }),
  rate: fc.integer({ min: 0, max: 250 }),
  tax: fc.constantFrom<models.TaxBehaviorOption>("inclusive", "exclusive"),
  discount: fc.option(discount),
  steps: fc.array(step, { maxLength: 8 }),
});
type Life = typeof life_ extends fc.Arbitrary<infer T> ? T : never;

const rates = (tenths: number) => life.control("PUT", "taxes", { DE: tenths / 10 });

async function plansOf({ plans, seat, tax }: Life): Promise<models.Product[]> {
  const made: models.Product[] = [];
  for (const [index, price_amount] of plans.entries())
    made.push(
      await life.polar.products.create({
        name: `Plan ${index}`,
        recurring_interval: "month",
        prices: [
          { amount_type: "fixed", price_amount, tax_behavior: tax },
          {
            amount_type: "seat_based",
            tax_behavior: tax,
            seat_tiers: {
              seat_tier_type: index === 1 ? "graduated" : "volume",
              tiers: [
                { min_seats: 1, max_seats: 5, price_per_seat: seat },
                { min_seats: 6, price_per_seat: Math.ceil(seat / 2) },
              ],
            },
          },
        ],
      }),
    );
  return made;
}

async function discountOf({ discount }: Life): Promise<string | null> {
  if (!discount) return null;
  const { share, amount, duration } = discount;
  const common = {
    name: "Off",
    duration,
    duration_in_months: duration === "repeating" ? 2 : null,
  };
  const made = await life.polar.discounts.create(
    share === null
      ? { ...common, type: "fixed", amount }
      : { ...common, type: "percentage", basis_points: share },
  );
  return made.id;
}

async function subscribe(about: Life, plans: readonly models.Product[]): Promise<string> {
  lives += 1;
  const checkout = await life.polar.checkouts.create({
    products: [plans[0]?.id ?? ""],
    seats: about.seats,
    discount_id: await discountOf(about),
    customer_email: `life-${lives}@example.com`,
  });
  await life.confirm(checkout, "pm_card_visa", "DE");
  const { customer_id } = await life.polar.checkouts.get(checkout.id);
  return customer_id ?? "";
}

const subscription = async (customer_id: string) => {
  const { items } = await life.polar.subscriptions.list({ customer_id });
  if (!items[0]) throw new Error("no subscription");
  return items[0];
};
const orders = async (customer_id: string) => {
  const found: models.Order[] = [];
  for await (const order of life.polar.orders.iterList({ customer_id, limit: 100 }))
    found.push(order);
  return found;
};

function reconcile(order: models.Order, isInclusive: boolean): void {
  const { subtotal_amount, discount_amount, net_amount, tax_amount, total_amount } = order;
  expect(order.items.reduce((sum, { amount }) => sum + amount, 0)).toBe(subtotal_amount);
  expect(net_amount + tax_amount).toBe(total_amount);
  expect(subtotal_amount - discount_amount).toBe(isInclusive ? total_amount : net_amount);
  expect(order.due_amount).toBe(Math.max(0, total_amount + order.applied_balance_amount));
  expect(discount_amount).toBeGreaterThanOrEqual(0);
}

test("whatever happens, every order adds up, and the balance keeps what orders gave and took", async () => {
  await fc.assert(
    fc.asyncProperty(life_, async (about) => {
      await rates(about.rate);
      const plans = await plansOf(about);
      const customer = await subscribe(about, plans);
      const { id } = await subscription(customer);
      for (const each of about.steps) {
        if (each.kind === "wait") await life.advance(each.days);
        else if (each.kind === "rate") await rates(each.rate);
        else if (each.kind === "plan")
          await life.polar.subscriptions.update(id, {
            product_id: plans[each.to]?.id ?? "",
            proration_behavior: each.behavior,
          });
        else
          await life.polar.subscriptions.update(id, {
            seats: each.to,
            proration_behavior: each.behavior,
          });
        await life.settle();
      }
      const all = await orders(customer);
      for (const order of all) reconcile(order, about.tax === "inclusive");
      const [first] = all.slice(-1);
      expect(first?.billing_reason).toBe("subscription_create");
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

test("a change and its reversal at the same instant come to nothing", async () => {
  await fc.assert(
    fc.asyncProperty(life_, fc.integer({ min: 0, max: 27 }), async (about, day) => {
      await rates(about.rate);
      const plans = await plansOf(about);
      const customer = await subscribe(about, plans);
      const { id, seats, amount, product_id } = await subscription(customer);
      // A second past a full day: at a full day itself shares lie on the edge that they are rounded at.
      await life.control("POST", "clock/advance", { seconds: day * 86_400 + 1 });
      const before = await orders(customer);
      const there = [
        { product_id: plans[1]?.id ?? "", proration_behavior: "invoice" },
        { seats: (seats ?? 1) + 4, proration_behavior: "invoice" },
      ] as const;
      const back = [
        { seats: seats ?? 1, proration_behavior: "invoice" },
        { product_id: plans[0]?.id ?? "", proration_behavior: "invoice" },
      ] as const;
      for (const change of [...there, ...back]) await life.polar.subscriptions.update(id, change);
      await life.settle();
      const changes = (await orders(customer)).slice(0, -before.length);
      for (const order of changes) reconcile(order, about.tax === "inclusive");
      const sum = changes.reduce((total, { total_amount }) => total + total_amount, 0);
      expect(sum).toBe(0);
      expect(await subscription(customer)).toMatchObject({ seats, amount, product_id });
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
