import { afterEach, beforeEach, expect, test } from "vitest";
import { charged, ended, renewalFailed, state } from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";

// The rest of the order in which Polar's own server tells what happens: edits, renewals, ends, the catalog.
let life: PolarLife;
beforeEach(async () => {
  life = await polarLife();
});
afterEach(() => life.close());

async function subscribe(externalId: string) {
  const benefit = await life.polar.benefits.create({
    type: "feature_flag",
    description: `For ${externalId}`,
    properties: {},
  });
  const made = await life.polar.products.create({
    name: `Plan of ${externalId}`,
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 1500 }],
  });
  const product = await life.polar.products.updateBenefits(made.id, { benefits: [benefit.id] });
  const { customer } = await life.buy(product, externalId);
  const { items } = await life.polar.subscriptions.list({ external_customer_id: externalId });
  life.take();
  return { customer, product, benefit, id: items[0]?.id ?? "" };
}
const setCard = (customerId: string, number: string) =>
  life.control("PUT", `customers/${customerId}/card`, { number });

test("a checkout tells of each edit", async () => {
  const checkout = await life.polar.checkouts.create({ products: [life.products.pack.id] });
  await life.polar.checkouts.update(checkout.id, { metadata: { source: "mail" } });
  await life.polar.checkouts.clientUpdate(checkout.client_secret, { customer_name: "Ada" });
  await life.settle();
  expect(life.events()).toEqual([
    "checkout.created (open)",
    "checkout.updated (open)",
    "checkout.updated (open)",
  ]);
});

test("renewal", async () => {
  await subscribe("renews");
  await life.advance(32);
  expect(life.events()).toEqual([
    "subscription.cycled (active)",
    "subscription.updated (active)",
    "order.created (pending)",
    ...charged,
    "benefit_grant.cycled",
    "order.updated (paid)",
    state,
  ]);
});

test("revoke after a scheduled cancel tells canceled twice", async () => {
  const { id } = await subscribe("ends-early");
  await life.polar.subscriptions.update(id, { cancel_at_period_end: true });
  await life.settle();
  expect(life.events()).toEqual([
    "subscription.updated (active)",
    "subscription.canceled (active)",
    state,
  ]);
  await life.polar.subscriptions.revoke(id);
  await life.settle();
  expect(life.events()).toEqual([...ended, "benefit_grant.revoked", state]);
});

test("revoke while an order waits to be paid gives the order up", async () => {
  const { id, customer } = await subscribe("owes");
  await setCard(customer.id, "4000000000000341");
  await life.advance(31);
  expect(life.events()).toEqual([...renewalFailed, "benefit_grant.revoked", state]);
  await life.polar.subscriptions.revoke(id);
  await life.settle();
  expect(life.events()).toEqual([...ended, "order.updated (void)", state]);
});

test("a renewal without any payment method", async () => {
  const { customer, id } = await subscribe("cardless");
  const { token } = await life.polar.customerSessions.create({ customer_id: customer.id });
  const portal = async (method: string, path: string) => {
    const response = await fetch(`${life.emulator.url}/v1/customer-portal/customers/me/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.ok, `${method} ${path}`).toBe(true);
    return response;
  };
  const methods = (await (await portal("GET", "payment-methods")).json()) as {
    items: { id: string }[];
  };
  // The last card can be removed only while nothing needs it.
  await life.polar.subscriptions.update(id, { cancel_at_period_end: true });
  await portal("DELETE", `payment-methods/${methods.items[0]?.id}`);
  await life.polar.subscriptions.update(id, { cancel_at_period_end: false });
  await life.settle();
  life.take();
  await life.advance(31);
  expect(life.events()).toEqual([
    ...renewalFailed,
    "order.updated (pending)",
    "benefit_grant.revoked",
    state,
  ]);
});

test("a downgrade that is invoiced is a credit, paid at once, before the change", async () => {
  const { id } = await subscribe("goes-down");
  await life.advance(15);
  life.take();
  const smaller = await life.polar.products.create({
    name: "Smaller",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 500 }],
  });
  await life.settle();
  life.take();
  await life.polar.subscriptions.update(id, {
    product_id: smaller.id,
    proration_behavior: "invoice",
  });
  await life.settle();
  const events = life.events();
  expect(events.slice(0, 4)).toEqual([
    "order.created (pending)",
    ...charged,
    "subscription.updated (active)",
  ]);
  // The place of grants and of the invoice against each other is not fixed.
  expect(events.slice(4).sort()).toEqual(["benefit_grant.revoked", state, "order.updated (paid)"]);
});

test("reset: an order for the new period before the change", async () => {
  const { id, product } = await subscribe("starts-anew");
  const larger = await life.polar.products.create({
    name: "Larger",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 9900 }],
  });
  await life.polar.products.updateBenefits(larger.id, {
    benefits: product.benefits.map((benefit) => benefit.id),
  });
  await life.settle();
  life.take();
  await life.polar.subscriptions.update(id, { product_id: larger.id, proration_behavior: "reset" });
  await life.settle();
  expect(life.events()).toEqual([
    "order.created (pending)",
    "subscription.updated (active)",
    ...charged,
    "order.updated (paid)",
    state,
  ]);
});

test("usage shows on the subscription later", async () => {
  await life.buy(life.products.plan, "uses");
  life.take();
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "uses", metadata: { units: 5 } }],
  });
  expect(life.events()).toEqual([]);
  await life.settle();
  expect(life.events()).toEqual(["subscription.updated (active)", state]);
});

test("a product is changed and archived; a benefit joins it, is changed and deleted", async () => {
  const { product, benefit } = await subscribe("watches");
  await life.polar.products.update(product.id, { name: "Renamed" });
  expect(await told()).toEqual(["product.updated"]);
  const extra = await life.polar.benefits.create({
    type: "custom",
    description: "More",
    properties: {},
  });
  expect(await told()).toEqual(["benefit.created"]);
  await life.polar.products.updateBenefits(product.id, { benefits: [benefit.id, extra.id] });
  expect(await told()).toEqual(["product.updated", "benefit_grant.created", state]);
  await life.polar.benefits.update(extra.id, { type: "custom", description: "Even more" });
  expect(await told()).toEqual(["benefit.updated"]);
  await life.polar.benefits.delete(extra.id);
  expect(await told()).toEqual(["benefit.updated", "benefit_grant.revoked", state]);
  await life.polar.products.update(product.id, { is_archived: true });
  expect(await told()).toEqual(["product.updated"]);
});

async function told(): Promise<string[]> {
  await life.settle();
  return life.events();
}
