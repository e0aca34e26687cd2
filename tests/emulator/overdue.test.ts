import { afterEach, beforeEach, expect, test } from "vitest";
import { ended } from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";

// What happens when charges of a subscription fail, and when they go through after all.
let life: PolarLife;
beforeEach(async () => {
  life = await polarLife();
});
afterEach(() => life.close());

const FAILS = "4000000000000341";
const PAYS = "4242424242424242";
const setCard = (customerId: string, number: string) =>
  life.control("PUT", `customers/${customerId}/card`, { number });
const use = (externalId: string, units: number) =>
  life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: externalId, metadata: { units } }],
  });

async function ordersOf(externalId: string) {
  const { items } = await life.polar.orders.list({ external_customer_id: externalId, limit: 100 });
  return items.toReversed();
}

async function subscriptionOf(externalId: string) {
  const { items } = await life.polar.subscriptions.list({ external_customer_id: externalId });
  const [subscription] = items;
  if (!subscription) throw new Error("no subscription");
  return subscription;
}

const weekly = () =>
  life.polar.products.create({
    name: "Weekly",
    recurring_interval: "week",
    prices: [{ amount_type: "fixed", price_amount: 700 }],
  });

test("a failed charge of a month's use is retried and given up; the year that is paid goes on", async () => {
  const { customer } = await life.buy(life.products.yearly, "overage");
  await setCard(customer.id, FAILS);
  await use("overage", 9000);
  await life.advance(32);
  const overage = async () =>
    (await ordersOf("overage")).find(
      ({ billing_reason }) => billing_reason === "subscription_meter_cycle",
    );
  expect(await overage()).toMatchObject({ status: "pending", total_amount: 800 });
  expect((await subscriptionOf("overage")).status).toBe("active");
  life.take();
  await life.advance(22);
  expect(await overage()).toMatchObject({ status: "void", next_payment_attempt_at: null });
  expect(life.events()).toEqual(["order.updated (void)"]);
  expect(await subscriptionOf("overage")).toMatchObject({ status: "active", past_due_at: null });
});

test("a subscription is active again only when none of its orders is overdue", async () => {
  const { customer } = await life.buy(await weekly(), "twice");
  await setCard(customer.id, FAILS);
  await life.advance(15);
  const overdue = (await ordersOf("twice")).filter(({ status }) => status === "pending");
  expect(overdue.length).toBe(2);
  await setCard(customer.id, PAYS);
  life.take();
  // Each order has its own next attempt: the second's is a day away, the first's another six.
  await life.advance(1.5);
  expect(life.events()).toEqual([
    "order.updated (paid)",
    "order.paid (paid)",
    "order.updated (paid)",
  ]);
  expect((await subscriptionOf("twice")).status).toBe("past_due");
  await life.advance(5);
  expect(await subscriptionOf("twice")).toMatchObject({ status: "active", past_due_at: null });
  expect((await ordersOf("twice")).map(({ status }) => status)).not.toContain("pending");
});

test("a subscription that ends with its period while it is past due owes nothing more", async () => {
  const { customer } = await life.buy(await weekly(), "gone");
  await setCard(customer.id, FAILS);
  await life.advance(8);
  const { id, status } = await subscriptionOf("gone");
  expect(status).toBe("past_due");
  await life.polar.subscriptions.update(id, { cancel_at_period_end: true });
  await life.settle();
  life.take();
  await life.advance(7);
  expect(life.events()).toEqual([...ended, "order.updated (void)", "customer.state_changed"]);
  expect((await ordersOf("gone")).map((order) => order.status)).toEqual(["paid", "void"]);
});

test("a plan with meter periods charges what was used while it was past due when it is paid", async () => {
  const { customer } = await life.buy(life.products.yearly, "meanwhile");
  const { id } = await subscriptionOf("meanwhile");
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  await life.polar.subscriptions.update(id, { current_billing_period_end: soon });
  await setCard(customer.id, FAILS);
  await life.advance(1);
  expect((await subscriptionOf("meanwhile")).status).toBe("past_due");
  await use("meanwhile", 3000);
  await life.settle();
  await setCard(customer.id, PAYS);
  life.take();
  await life.advance(2);
  expect(life.events()).toEqual([
    "order.created (pending)",
    "subscription.updated (active)",
    "subscription.active (active)",
    "order.updated (paid)",
    "order.paid (paid)",
    "benefit_grant.created",
    "order.updated (paid)",
    "order.updated (paid)",
    "order.paid (paid)",
    "order.updated (paid)",
    "customer.state_changed",
  ]);
  expect((await ordersOf("meanwhile")).at(-1)).toMatchObject({
    billing_reason: "subscription_meter_cycle",
    status: "paid",
    total_amount: 600,
  });
  const meters = await life.polar.customerMeters.list({ external_customer_id: "meanwhile" });
  expect(meters.items[0]).toMatchObject({ consumed_units: 0, credited_units: 5000 });
});

test.each([
  [0, 0],
  [7, 7],
  [14, 14],
])(
  "with %i days of grace benefits are taken back after %i days, and with the end at the latest",
  async (grace, lost) => {
    const [organization] = (await life.polar.organizations.list({})).items;
    if (!organization) throw new Error("no organization");
    const subscription_settings = {
      ...organization.subscription_settings,
      benefit_revocation_grace_period: grace,
    };
    await life.polar.organizations.update(organization.id, { subscription_settings });
    const { customer } = await life.buy(life.products.plan, "patient");
    await setCard(customer.id, FAILS);
    const { current_period_end } = await subscriptionOf("patient");
    await life.control("POST", "clock/advance", { to: current_period_end });
    expect((await subscriptionOf("patient")).status).toBe("past_due");
    const isGranted = async () => {
      const { items } = await life.polar.benefitGrants.list({ external_customer_id: "patient" });
      expect(new Set(items.map((grant) => grant.is_granted)).size).toBe(1);
      return items[0]?.is_granted;
    };
    const seen: [number, boolean | undefined][] = [];
    for (let day = 1; day < 21; day += 3) {
      await life.advance(day === 1 ? 1 : 3);
      seen.push([day, await isGranted()]);
    }
    expect(seen).toEqual(seen.map(([day]) => [day, day < lost]));
    await life.advance(3);
    expect((await subscriptionOf("patient")).status).toBe("canceled");
    expect(await isGranted()).toBe(false);
  },
);
