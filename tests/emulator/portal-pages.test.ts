import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const CARD = { card_expiry: "12/40", card_cvc: "123" };

/** A customer at their portal: what it shows, and what a form of it leads to. */
async function visit(externalId: string) {
  const { customer_portal_url: url, token } = await life.polar.customerSessions.create({
    external_customer_id: externalId,
  });
  return {
    read: async (address = url) => (await fetch(address)).text(),
    async submit(action: string, fields: Record<string, string> = {}) {
      const body = new URLSearchParams({ customer_session_token: token, action, ...fields });
      const response = await fetch(`${life.emulator.url}/portal`, { method: "POST", body });
      expect(response.status).toBe(200);
      return {
        outcome: new URL(response.url).searchParams.get("outcome"),
        page: await response.text(),
      };
    },
  };
}

async function sellKey(buyer: string, enable_customer_admin: boolean) {
  const benefit = await life.polar.benefits.create({
    type: "license_keys",
    description: "The desktop app",
    properties: { activations: { limit: 2, enable_customer_admin }, limit_usage: 1500 },
  });
  const product = await life.polar.products.create({
    name: "Licence",
    prices: [{ amount_type: "fixed", price_amount: 900 }],
  });
  await life.polar.products.updateBenefits(product.id, { benefits: [benefit.id] });
  await life.buy(product, buyer);
  const [key] = (await life.polar.licenseKeys.list({ benefit_id: benefit.id })).items;
  if (!key) throw new Error("no key was made");
  const { key: letters, organization_id } = key;
  const activation = await life.polar.licenseKeys.activate({
    key: letters,
    organization_id,
    label: "Ada's <laptop>",
  });
  return { key, activation };
}

test("a customer with nothing is told so, section by section", async () => {
  await life.polar.customers.create({ email: "nothing@example.com", external_id: "nothing" });
  const page = await (await visit("nothing")).read();
  for (const words of [
    "You have no subscription.",
    "You hold no benefit now.",
    "No card is on file.",
    "You have no order yet.",
  ])
    expect(page).toContain(words);
  expect(page).not.toContain("License keys");
});

test("keys are shown with their uses and places; a place is freed, a key replaced", async () => {
  const { key, activation } = await sellKey("keyed", true);
  const portal = await visit("keyed");
  const page = await portal.read();
  expect(page).toContain(key.key);
  expect(page).toContain("0 of 1,500 uses");
  expect(page).toContain("1 of 2 in use");
  expect(page).toContain("Ada&#39;s &lt;laptop&gt;");
  const freed = await portal.submit("deactivate", {
    license_key_id: key.id,
    activation_id: activation.id,
  });
  expect(freed.outcome).toBe("deactivated");
  expect(freed.page).toContain("The key is not in use anywhere yet.");
  const rotated = await portal.submit("rotate_key", { license_key_id: key.id });
  expect(rotated.outcome).toBe("rotated");
  expect(rotated.page).not.toContain(key.key);
  await life.polar.licenseKeys.update(key.id, { status: "revoked" });
  expect(await portal.read()).toContain("Revoked");
});

test("what is somebody else's, or kept by the seller, is not to be touched", async () => {
  const { key, activation } = await sellKey("kept", false);
  const fields = { license_key_id: key.id, activation_id: activation.id };
  const own = await visit("kept");
  expect(await own.read()).not.toContain("laptop");
  expect((await own.submit("deactivate", fields)).outcome).toBe("refused");
  await life.polar.customers.create({ email: "thief@example.com", external_id: "thief" });
  const thief = await visit("thief");
  expect((await thief.submit("rotate_key", fields)).outcome).toBe("refused");
  expect((await thief.submit("make_admin", fields)).outcome).toBe("refused");
  expect((await life.polar.licenseKeys.get(key.id)).key).toBe(key.key);
  expect((await life.polar.licenseKeys.get(key.id)).activations).toHaveLength(1);
});

test("cards are added, chosen and removed, but not the last one that is needed", async () => {
  const { customer } = await life.buy(life.products.plan, "pays");
  const portal = await visit("pays");
  const cards = async () =>
    (await life.polar.customers.listPaymentMethods(customer.id, {})).items.map(({ id }) => id);
  const [first = ""] = await cards();
  const needed = await portal.submit("remove_card", { payment_method_id: first });
  expect(needed.page).toContain("This card is still needed.");
  const declined = { card_number: "4000000000000002", ...CARD };
  expect((await portal.submit("set_card", declined)).outcome).toBe("card_declined");
  const wrong = { card_number: "4242424242424241", ...CARD };
  expect((await portal.submit("set_card", wrong)).outcome).toBe("card_invalid");
  const master = { card_number: "5555 5555 5555 4444", ...CARD };
  const saved = await portal.submit("set_card", master);
  expect(saved.outcome).toBe("card_saved");
  expect(saved.page).toContain("Mastercard •••• 4444");
  const [second = ""] = await cards();
  expect((await portal.submit("choose_card", { payment_method_id: first })).outcome).toBe(
    "card_chosen",
  );
  expect((await portal.submit("remove_card", { payment_method_id: second })).outcome).toBe(
    "card_removed",
  );
  expect(await cards()).toEqual([first]);
});

test("plans change, end with a reason and go on, as the shop allows it", async () => {
  const { customer } = await life.buy(life.products.plan, "plans");
  const mine = async () =>
    (await life.polar.subscriptions.list({ customer_id: customer.id })).items[0];
  const subscription_id = (await mine())?.id ?? "";
  const portal = await visit("plans");
  const canceled = await portal.submit("cancel", {
    subscription_id,
    customer_cancellation_reason: "unused",
    customer_cancellation_comment: "Not now",
  });
  expect(canceled.page).toContain("Your subscription is canceled.");
  expect(await mine()).toMatchObject({
    cancel_at_period_end: true,
    customer_cancellation_reason: "unused",
    customer_cancellation_comment: "Not now",
  });
  expect((await portal.submit("cancel", { subscription_id })).outcome).toBe("refused");
  expect((await portal.submit("uncancel", { subscription_id })).outcome).toBe("uncanceled");
  const change = { subscription_id, product_id: life.products.yearly.id };
  expect((await portal.submit("change_plan", change)).outcome).toBe("changed");
  expect(await mine()).toMatchObject({ product_id: life.products.yearly.id });
});

test("orders link to their invoice and receipt and tell what was given back; use and notes are shown", async () => {
  const note = await life.polar.benefits.create({
    type: "custom",
    description: "Support",
    properties: { note: "Call <us>" },
  });
  await life.polar.products.updateBenefits(life.products.pack.id, { benefits: [note.id] });
  await life.buy(life.products.pack, "orders");
  const [order] = (await life.polar.orders.list({ external_customer_id: "orders" })).items;
  await life.polar.refunds.create({
    order_id: order?.id ?? "",
    reason: "customer_request",
    amount: 400,
  });
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "orders", metadata: { units: 1234 } }],
  });
  await life.settle();
  const page = await (await visit("orders")).read();
  for (const words of [
    `/invoices/${order?.id}.pdf`,
    `/receipts/${order?.id}.pdf`,
    "Partly refunded",
    "$4.00 given back",
    "Call &lt;us&gt;",
    "1,234",
  ])
    expect(page).toContain(words);
});

test("a link that is over, or was never good, leads nowhere", async () => {
  const portal = await visit("orders");
  await life.advance(0.05);
  expect(await portal.read()).toContain("This link is no longer good");
  const unknown = await fetch(`${life.emulator.url}/portal?customer_session_token=nonsense`);
  expect(unknown.status).toBe(401);
});
