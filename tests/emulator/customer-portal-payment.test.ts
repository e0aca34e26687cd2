import type { models } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";
import { portalOf, refusedWith } from "../support/portal";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const DE: models.AddressInput = { country: "DE", city: "Berlin", line1: "Allee 1" };

test("customers change to whom they are billed, with a tax number of their country", async () => {
  await life.polar.customers.create({ email: "billed@example.com", external_id: "billed" });
  const { portal } = await portalOf(life, "billed");
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
  const { portal } = await portalOf(life, "cards");
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
  const later = await portalOf(life, "cards");
  const orders = await later.portal.orders.list({});
  expect(orders.items.map(({ status }) => status)).toEqual(["paid", "paid"]);
});

test("a new card pays at once for what is overdue", async () => {
  await life.buy(life.products.plan, "overdue", "pm_card_chargeCustomerFail");
  await life.advance(31);
  const { portal } = await portalOf(life, "overdue");
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
