import { createPolar, type models } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const DE: models.AddressInput = { country: "DE", city: "Berlin", line1: "Allee 1" };
const refusedWith = (statusCode: number) => ({ statusCode });

/** The portal's API as a customer calls it, with the session that was made for them. */
async function portalOf(externalId: string) {
  const session = await life.polar.customerSessions.create({
    external_customer_id: externalId,
    return_url: "https://shop.example/account",
  });
  const own = createPolar({ accessToken: session.token, baseUrl: life.emulator.url });
  return { session, portal: own.customerPortal, own };
}

test("a session's token opens the portal's API, and nothing else does", async () => {
  const { customer } = await life.buy(life.products.plan, "opens");
  const { session, portal, own } = await portalOf("opens");
  expect(await portal.customers.get()).toMatchObject({
    id: customer.id,
    email: "opens@example.com",
    oauth_accounts: {},
  });
  expect(await portal.customerSession.introspect()).toEqual({
    expires_at: session.expires_at,
    return_url: "https://shop.example/account",
  });
  expect(await portal.customerSession.getAuthenticatedUser()).toMatchObject({
    type: "customer",
    customer_id: customer.id,
  });
  await expect(own.products.list({})).rejects.toMatchObject(refusedWith(401));
  await expect(life.polar.customerPortal.customers.get()).rejects.toMatchObject(refusedWith(401));
  for (const accessToken of ["polar_cst_unknown", "nonsense"]) {
    const stranger = createPolar({ accessToken, baseUrl: life.emulator.url });
    const asked = stranger.customerPortal.customers.get();
    await expect(asked).rejects.toMatchObject(refusedWith(401));
  }
  await life.advance(0.05);
  await expect(portal.customers.get()).rejects.toMatchObject(refusedWith(401));
});

test("what is not emulated of it says so", async () => {
  await life.polar.customers.create({ email: "wallet@example.com", external_id: "wallet" });
  const { portal } = await portalOf("wallet");
  await expect(portal.wallets.list({})).rejects.toMatchObject({ message: expect.any(String) });
  const { session } = await portalOf("wallet");
  const response = await fetch(`${life.emulator.url}/v1/customer-portal/wallets/`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  expect(response.status).toBe(501);
  expect(((await response.json()) as { detail: string }).detail).toContain("wallets");
});

test("customers change to whom they are billed, with a tax number of their country", async () => {
  await life.polar.customers.create({ email: "billed@example.com", external_id: "billed" });
  const { portal } = await portalOf("billed");
  await expect(portal.customers.update({ tax_id: "DE123456789" })).rejects.toMatchObject(
    refusedWith(422),
  );
  await life.settle();
  life.take();
  const changed = await portal.customers.update({
    billing_name: "Ada GmbH",
    billing_address: DE,
    tax_id: "DE 123 456 789",
  });
  expect(changed).toMatchObject({
    billing_name: "Ada GmbH",
    billing_address: { country: "DE", city: "Berlin" },
    tax_id: ["DE123456789", "eu_vat"],
  });
  await life.settle();
  expect(life.events()).toEqual(["customer.updated", "customer.state_changed"]);
  await expect(portal.customers.update({ tax_id: "12" })).rejects.toMatchObject(refusedWith(422));
  await expect(portal.customers.update({ billing_address: null })).rejects.toMatchObject(
    refusedWith(422),
  );
  expect(await portal.customers.update({ tax_id: null })).toMatchObject({ tax_id: null });
});

test("cards are added, confirmed, chosen and removed; the last one that is needed stays", async () => {
  await life.buy(life.products.plan, "cards");
  const { portal } = await portalOf("cards");
  const { customers } = portal;
  const add = (confirmation_token_id: string, set_default = false) =>
    customers.addPaymentMethod({
      confirmation_token_id,
      set_default,
      return_url: "https://shop.example",
    });
  const [first] = (await customers.listPaymentMethods({})).items;
  expect(first).toMatchObject({ type: "card", method_metadata: { brand: "visa", last4: "4242" } });
  await expect(customers.deletePaymentMethod(first?.id ?? "")).rejects.toMatchObject({
    statusCode: 400,
    error: { error: "PaymentMethodInUseByActiveSubscription" },
  });
  await expect(add("pm_card_visa_chargeDeclined")).rejects.toMatchObject({
    statusCode: 400,
    error: { error: "PaymentMethodSetupFailed" },
  });
  const asked = await add("pm_card_authenticationRequired");
  if (asked.status !== "requires_action") throw new Error("the bank did not ask");
  const setup_intent_id = asked.client_secret.split("_secret")[0] ?? "";
  const confirmed = await customers.confirmPaymentMethod({ setup_intent_id, set_default: true });
  if (confirmed.status !== "succeeded") throw new Error("the card was not saved");
  expect(await customers.get()).toMatchObject({
    default_payment_method_id: confirmed.payment_method.id,
  });
  expect((await customers.listPaymentMethods({})).items.map(({ id }) => id)).toEqual([
    confirmed.payment_method.id,
    first?.id,
  ]);
  await customers.update({ default_payment_method_id: first?.id ?? "" });
  await customers.deletePaymentMethod(first?.id ?? "");
  expect((await customers.get()).default_payment_method_id).toBeNull();
  await life.advance(32);
  const later = await portalOf("cards");
  const orders = await later.portal.orders.list({});
  expect(orders.items.map(({ status }) => status)).toEqual(["paid", "paid"]);
});

test("a new card pays at once for what is overdue", async () => {
  await life.buy(life.products.plan, "overdue", "pm_card_chargeCustomerFail");
  await life.advance(31);
  const { portal } = await portalOf("overdue");
  const [overdue] = (await portal.subscriptions.list({})).items;
  expect(overdue?.status).toBe("past_due");
  const [order] = (await portal.orders.list({})).items;
  expect(await portal.orders.getPaymentStatus(order?.id ?? "")).toEqual({
    status: "failed",
    error: "Your card was declined.",
  });
  await portal.customers.addPaymentMethod({
    confirmation_token_id: "pm_card_visa",
    set_default: true,
    return_url: "https://shop.example",
  });
  await life.settle();
  expect((await portal.subscriptions.get(overdue?.id ?? "")).status).toBe("active");
  expect(await portal.orders.getPaymentStatus(order?.id ?? "")).toMatchObject({
    status: "succeeded",
  });
});

test("a subscription is cancelled with its reason, kept, and changed as far as the shop allows", async () => {
  await life.buy(life.products.plan, "changes");
  await life.buy(life.products.plan, "somebody-else");
  const { portal } = await portalOf("changes");
  const { subscriptions } = portal;
  const [mine, ...others] = (await subscriptions.list({ active: true })).items;
  expect(others).toEqual([]);
  const id = mine?.id ?? "";
  expect(mine).toMatchObject({ product: { name: "Pro", organization: { name: "Acme" } } });
  expect(mine).not.toHaveProperty("metadata");
  const canceled = await subscriptions.update(id, {
    cancel_at_period_end: true,
    cancellation_reason: "too_expensive",
    cancellation_comment: "For now",
  });
  expect(canceled).toMatchObject({
    status: "active",
    cancel_at_period_end: true,
    customer_cancellation_reason: "too_expensive",
    customer_cancellation_comment: "For now",
  });
  await expect(subscriptions.cancel(id)).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "AlreadyCanceledSubscription" },
  });
  expect(await subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
    cancel_at_period_end: false,
    customer_cancellation_reason: null,
  });
  const yearly = life.products.yearly.id;
  expect((await subscriptions.update(id, { product_id: yearly })).product_id).toBe(yearly);
  await expect(subscriptions.update(id, { pause_at_period_end: true })).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "PauseResumeNotAllowed" },
  });
  const unknown = { nonsense: 1 } as models.CustomerSubscriptionUpdate;
  await expect(subscriptions.update(id, unknown)).rejects.toMatchObject(refusedWith(422));

  const { portal: stranger } = await portalOf("somebody-else");
  await expect(stranger.subscriptions.get(id)).rejects.toMatchObject(refusedWith(404));
  expect((await subscriptions.cancel(id)).cancel_at_period_end).toBe(true);
});

test("seats are changed by the customer who has them", async () => {
  const team = await life.polar.products.create({
    name: "Team",
    recurring_interval: "month",
    prices: [
      {
        amount_type: "seat_based",
        seat_tiers: {
          seat_tier_type: "volume",
          tiers: [{ min_seats: 1, max_seats: null, price_per_seat: 1000 }],
        },
      },
    ],
  });
  await life.buy(team, "seats");
  const { portal } = await portalOf("seats");
  const [mine] = (await portal.subscriptions.list({})).items;
  const changed = await portal.subscriptions.update(mine?.id ?? "", { seats: 3 });
  expect(changed).toMatchObject({ seats: 3, amount: 3000 });
  const none = portal.subscriptions.update(mine?.id ?? "", { seats: 0 });
  await expect(none).rejects.toMatchObject(refusedWith(422));
});

test("plans stay as they are where the shop allows no change", async () => {
  await life.buy(life.products.plan, "fixed");
  const [organization] = (await life.polar.organizations.list({})).items;
  const settings = organization?.customer_portal_settings;
  if (!organization || !settings) throw new Error("there is no organization");
  const allow = (update_plan: boolean, pause: boolean) =>
    life.polar.organizations.update(organization.id, {
      customer_portal_settings: {
        ...settings,
        subscription: { update_seats: true, update_plan, pause },
      },
    });
  await allow(false, true);
  const { portal } = await portalOf("fixed");
  const [mine] = (await portal.subscriptions.list({})).items;
  const change = portal.subscriptions.update(mine?.id ?? "", {
    product_id: life.products.yearly.id,
  });
  await expect(change).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "UpdateSubscriptionPlanNotAllowed" },
  });
  const paused = await portal.subscriptions.update(mine?.id ?? "", { pause_at_period_end: true });
  expect(paused.pause_at_period_end).toBe(true);
  await allow(true, false);
});

test("grants, meters and keys of their own are listed, and of nobody else", async () => {
  const benefit = await life.polar.benefits.create({
    type: "license_keys",
    description: "A key",
    properties: { activations: { limit: 1, enable_customer_admin: true } },
  });
  const hidden = await life.polar.benefits.create({
    type: "custom",
    description: "Hidden",
    visibility: "private",
    properties: { note: "psst" },
  });
  const note = await life.polar.benefits.create({
    type: "custom",
    description: "A word",
    properties: { note: "Call us" },
  });
  const product = await life.polar.products.create({
    name: "Bundle",
    prices: [{ amount_type: "fixed", price_amount: 700 }],
  });
  const benefits = [note.id, hidden.id, benefit.id];
  await life.polar.products.updateBenefits(product.id, { benefits });
  await life.buy(product, "holds");
  await life.buy(product, "holds-too");
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "holds", metadata: { units: 3 } }],
  });
  await life.settle();
  const { portal } = await portalOf("holds");
  const grants = (await portal.benefitGrants.list({})).items;
  expect(grants.map(({ benefit: each }) => each.description)).toEqual(["A word", "A key"]);
  expect(grants[0]).toMatchObject({
    is_granted: true,
    benefit: { properties: { note: "Call us" }, organization: { name: "Acme" } },
  });
  const keys = await portal.benefitGrants.list({ type: "license_keys", query: "KEY" });
  expect(keys.items).toEqual([grants[1]]);
  expect(await portal.benefitGrants.get(grants[1]?.id ?? "")).toEqual(grants[1]);

  const [key] = (await portal.licenseKeys.list({})).items;
  expect((await portal.licenseKeys.list({})).pagination.total_count).toBe(1);
  await portal.licenseKeys.activate({
    key: key?.key ?? "",
    organization_id: key?.organization_id ?? "",
    label: "laptop",
  });
  expect((await portal.licenseKeys.get(key?.id ?? "")).activations).toHaveLength(1);
  expect((await portal.licenseKeys.rotate(key?.id ?? "")).key).not.toBe(key?.key);

  const [meter] = (await portal.customerMeters.list({ query: "codes" })).items;
  expect(meter).toMatchObject({ consumed_units: 3, meter: { name: "Codes" } });
  expect(Object.keys(meter?.meter ?? {}).sort()).toEqual([
    "created_at",
    "id",
    "modified_at",
    "name",
  ]);
  expect((await portal.customerMeters.get(meter?.id ?? "")).balance).toBe(-3);
  const { portal: other } = await portalOf("holds-too");
  await expect(other.licenseKeys.get(key?.id ?? "")).rejects.toMatchObject(refusedWith(404));
  await expect(other.customerMeters.get(meter?.id ?? "")).rejects.toMatchObject(refusedWith(404));
  await expect(other.benefitGrants.get(grants[0]?.id ?? "")).rejects.toMatchObject(
    refusedWith(404),
  );
});

test("anybody sees the shop by its slug", async () => {
  const anybody = createPolar({ accessToken: "", baseUrl: life.emulator.url });
  const shop = await anybody.customerPortal.organizations.get("acme");
  expect(shop.organization).toMatchObject({ name: "Acme", slug: "acme" });
  expect(shop.products.map(({ name }) => name)).toContain("Pro");
  const none = anybody.customerPortal.organizations.get("nobody");
  await expect(none).rejects.toMatchObject(refusedWith(404));
});
