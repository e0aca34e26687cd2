import { Webhooks } from "@polar-sh/nextjs";
import type { models } from "@polar-sh/sdk/2026-10";
import { NextRequest } from "next/server";
import { Polar } from "polar-sdk-0.49";
import { validateEvent } from "polar-sdk-0.49/webhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Delivery, type PolarLife, polarLife } from "../support/polar-life";

// SDK 0.49 checks every answer and payload against schemas (Zod): what it takes has the right shape.
const secret = "a secret of before September 2026";
let life: PolarLife;
let delivered: Delivery[];

beforeAll(async () => {
  life = await polarLife();
  await life.control("PUT", `webhooks/endpoints/${life.endpoint.id}`, {
    encoding: "legacy",
    secret,
  });
  const { customer } = await life.buy(life.products.trial, "lives");
  const mine = { external_customer_id: "lives" };
  delivered = [];
  const keep = () => delivered.push(...life.take());
  const [subscription] = (await life.polar.subscriptions.list(mine)).items;
  const id = subscription?.id ?? "";
  const update = async (body: Parameters<typeof life.polar.subscriptions.update>[1]) => {
    await life.polar.subscriptions.update(id, body);
    await life.settle();
    keep();
  };
  keep();
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "lives", metadata: { units: 7 } }],
  });
  await update({ cancel_at_period_end: true });
  await update({ cancel_at_period_end: false });
  await update({ product_id: life.products.plan.id, proration_behavior: "prorate" });
  await update({ product_id: life.products.yearly.id, proration_behavior: "next_period" });
  const pack = await life.polar.checkouts.create({
    products: [life.products.pack.id],
    customer_id: customer.id,
  });
  await life.confirm(pack);
  const [order] = (await life.polar.orders.list({ checkout_id: pack.id })).items;
  await life.polar.refunds.create({
    order_id: order?.id ?? "",
    reason: "customer_request",
    amount: 400,
  });
  await life.advance(32);
  await life.control("PUT", `customers/${customer.id}/card`, { number: "4000000000000341" });
  await life.advance(400);
  keep();
  await life.polar.checkouts.create({ products: [life.products.pack.id] });
  await life.advance(2);
  await life.polar.benefits.create({ type: "custom", description: "A note", properties: {} });
  await life.polar.products.update(life.products.pack.id, { is_archived: true });
  await life.polar.organizations.update(life.products.pack.organization_id, { name: "Renamed" });
  await buyTheRest();
  await life.settle();
  keep();
});

/** Prices, benefits and discounts of every kind, bought by one who has no account before. */
async function buyTheRest(): Promise<void> {
  const { polar } = life;
  const keys = await polar.benefits.create({
    type: "license_keys",
    description: "A key",
    properties: { prefix: "ACME", activations: { limit: 2, enable_customer_admin: true } },
  });
  const discount = await polar.discounts.create({
    name: "A fifth",
    type: "percentage",
    basis_points: 2000,
    duration: "forever",
    code: "FIFTH",
  });
  await polar.discounts.update(discount.id, { name: "One fifth" });
  await life.control("PUT", "taxes", { US: 7 });
  const seats = await polar.products.create({
    name: "Team",
    recurring_interval: "month",
    prices: [
      {
        amount_type: "seat_based",
        seat_tiers: { tiers: [{ min_seats: 1, max_seats: null, price_per_seat: 1000 }] },
      },
    ],
  });
  const gift = await polar.products.create({
    name: "Pay what you want",
    prices: [{ amount_type: "custom", minimum_amount: 100, preset_amount: 500 }],
  });
  const free = await polar.products.create({
    name: "Free",
    prices: [{ amount_type: "fixed", price_amount: 0 }],
  });
  await polar.products.updateBenefits(gift.id, { benefits: [keys.id] });
  const buy = async (product: models.Product, more: Partial<models.CheckoutCreate> = {}) => {
    const email = `${product.id}@example.com`;
    const wanted = { products: [product.id], customer_email: email, ...more };
    await life.confirm(await polar.checkouts.create(wanted));
    return (await polar.subscriptions.list({ product_id: product.id })).items[0];
  };
  await buy(gift, { amount: 700, discount_id: discount.id });
  await buy(free);
  const team = await buy(seats, { seats: 3 });
  const seat = await polar.customerSeats.assignSeat({
    subscription_id: team?.id ?? "",
    email: "member@example.com",
  });
  await polar.customerSeats.revokeSeat(seat.id);
  const [key] = (await polar.licenseKeys.list()).items;
  const { key: text = "", organization_id = "" } = key ?? {};
  await polar.licenseKeys.activate({ key: text, organization_id, label: "A laptop" });
}
afterAll(() => life.close());

const typeOf = ({ body }: Delivery) => (JSON.parse(body) as { type: string }).type;
/** Types that came after SDK 0.49. */
const newer = new Set([
  "subscription.cycled",
  "subscription.paused",
  "subscription.resumed",
  "discount.created",
  "discount.updated",
  "discount.deleted",
]);

test("every payload passes the older SDK's schemas, wherever it knows the type", () => {
  expect(new Set(delivered.map(typeOf)).size).toBeGreaterThan(30);
  for (const { body, headers } of delivered.filter((each) => !newer.has(typeOf(each))))
    validateEvent(body, headers, secret);
});

test("every list passes them too", async () => {
  const older = new Polar({ serverURL: life.emulator.url, accessToken: life.emulator.accessToken });
  const lists = {
    products: older.products.list({}),
    benefits: older.benefits.list({}),
    meters: older.meters.list({}),
    customers: older.customers.list({}),
    customerMeters: older.customerMeters.list({}),
    checkouts: older.checkouts.list({}),
    subscriptions: older.subscriptions.list({}),
    orders: older.orders.list({}),
    refunds: older.refunds.list({}),
    benefitGrants: older.benefitGrants.list({}),
    discounts: older.discounts.list({}),
    licenseKeys: older.licenseKeys.list({}),
    deliveries: older.webhooks.listWebhookDeliveries({}),
    endpoints: older.webhooks.listWebhookEndpoints({}),
  };
  for (const [name, list] of Object.entries(lists)) {
    const pages = [];
    for await (const page of await list) pages.push(page);
    expect(pages.flatMap(({ result }) => result.items as unknown[]).length, name).toBeGreaterThan(
      0,
    );
  }
  const state = await older.customers.getStateExternal({ externalId: "lives" });
  expect(state.externalId).toBe("lives");
  const session = await older.customerSessions.create({ externalCustomerId: "lives" });
  expect(session.customerPortalUrl).toContain(session.token);
});

test("the customer's own answers pass them too", async () => {
  const [holder] = (await life.polar.licenseKeys.list()).items;
  const session = await life.polar.customerSessions.create({
    customer_id: holder?.customer_id ?? "",
  });
  const { customerPortal } = new Polar({ serverURL: life.emulator.url });
  const customerSession = session.token;
  const me = await customerPortal.customers.get({ customerSession });
  expect(me.id).toBe(holder?.customer_id);
  const lists = {
    orders: customerPortal.orders.list({ customerSession }, {}),
    grants: customerPortal.benefitGrants.list({ customerSession }, {}),
    keys: customerPortal.licenseKeys.list({ customerSession }, {}),
    methods: customerPortal.customers.listPaymentMethods({ customerSession }, {}),
  };
  for (const [name, list] of Object.entries(lists)) {
    const pages = [];
    for await (const page of await list) pages.push(page);
    expect(pages.flatMap(({ result }) => result.items as unknown[]).length, name).toBe(1);
  }
  const { key = "", organization_id = "" } = holder ?? {};
  const valid = await customerPortal.licenseKeys.validate({ key, organizationId: organization_id });
  expect(valid.status).toBe("granted");
});

test("the handler of @polar-sh/nextjs takes what is signed with a legacy secret", async () => {
  const seen: string[] = [];
  const handle = Webhooks({
    webhookSecret: secret,
    onPayload: async ({ type }) => {
      seen.push(type);
    },
  });
  const paid = delivered.find((each) => typeOf(each) === "order.paid");
  if (!paid) throw new Error("no order was paid");
  const request = new NextRequest("http://localhost/api/webhooks", {
    method: "POST",
    body: paid.body,
    headers: paid.headers,
  });
  expect((await handle(request)).status).toBe(200);
  expect(seen).toEqual(["order.paid"]);
});
