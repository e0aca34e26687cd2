import { createPolar } from "@polar-sh/sdk/2026-10";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/pdf");
  const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
  return (await extractText(pdf, { mergePages: true })).text.replace(/\s+/g, " ");
}

async function orderOf(externalId: string) {
  const [order] = (await life.polar.orders.list({ external_customer_id: externalId })).items;
  if (!order) throw new Error("there is no order");
  return order;
}

test("an order's invoice is a PDF with who, what, when and how much", async () => {
  const { customer } = await life.buy(life.products.pack, "invoiced");
  await life.polar.organizations.update(life.products.pack.organization_id, {
    email: "billing@acme.example",
  });
  const order = await orderOf("invoiced");
  await life.polar.customers.update(customer.id, { tax_id: "12-3456789" });
  const address = {
    country: "US" as const,
    line1: "1 Łódź Street",
    city: "Springfield",
    postal_code: "12345",
    state: "US-CA" as const,
  };
  await life.polar.orders.update(order.id, {
    billing_name: "Ada & Sons",
    billing_address: address,
  });
  await life.settle();
  life.take();
  await life.polar.orders.generateInvoice(order.id);
  await life.settle();
  expect(life.events()).toEqual(["order.updated (paid)"]);
  const { url } = await life.polar.orders.invoice(order.id);
  const text = await textOf(url);
  for (const part of [
    order.invoice_number ?? "",
    "Acme",
    "billing@acme.example",
    "Ada & Sons",
    "1 Lódz Street",
    "12345 Springfield",
    "United States",
    "invoiced@example.com",
    "Tax ID 123456789",
    "Pack",
    "Subtotal $10.00",
    "Total $10.00",
    "Amount paid $10.00",
  ])
    expect(text).toContain(part);

  await life.polar.orders.generateInvoice(order.id);
  await life.settle();
  expect(life.events()).toEqual([]);
});

test("an invoice tells what was given back, and the receipt too", async () => {
  await life.buy(life.products.pack, "refunded");
  const order = await orderOf("refunded");
  await life.polar.refunds.create({
    order_id: order.id,
    reason: "customer_request",
    amount: 400,
  });
  await life.settle();
  const { url } = await life.polar.orders.invoice(order.id);
  expect(await textOf(url)).toMatch(/Refunded on .* -\$4\.00/);
  const receipt = await life.polar.orders.receipt(order.id);
  const text = await textOf(receipt.url);
  expect(text).toContain(order.receipt_number ?? "none");
  expect(order.receipt_number).toMatch(/^RCPT-[A-Z]{10}-0001$/);
  expect(text).toContain("-$4.00");
});

test("a discount and a tax stand on it as they stand on the order, and so does what was given back", async () => {
  await life.control("PUT", "taxes", { DE: 19 });
  const discount = await life.polar.discounts.create({
    type: "percentage",
    duration: "once",
    basis_points: 2500,
    name: "A quarter off",
  });
  const checkout = await life.polar.checkouts.create({
    products: [life.products.pack.id],
    discount_id: discount.id,
    customer_email: "taxed@example.com",
    external_customer_id: "taxed",
  });
  await life.polar.checkouts.clientConfirm(checkout.client_secret, {
    customer_name: "Ada Lovelace",
    customer_billing_address: { country: "DE" },
    confirmation_token_id: "pm_card_visa",
  });
  await life.settle();
  const order = await orderOf("taxed");
  expect(order.tax_amount).toBeGreaterThan(0);
  await life.polar.refunds.create({
    order_id: order.id,
    reason: "customer_request",
    amount: order.net_amount,
  });
  await life.settle();
  const text = await textOf((await life.polar.orders.invoice(order.id)).url);
  const money = (cents: number) => `$${(cents / 100).toFixed(2)}`;
  for (const part of [
    `Subtotal ${money(order.subtotal_amount)}`,
    `Discount (A quarter off) -${money(order.discount_amount)}`,
    `Total excluding tax ${money(order.net_amount)}`,
    `Tax ${money(order.tax_amount)}`,
    `Amount paid ${money(order.total_amount)}`,
  ])
    expect(text).toContain(part);
  expect(text).toMatch(/Refunded on .*/);
  expect(text).toContain(`-${money(order.total_amount)}`);
});

test("customers get the invoices of their own orders, once they can be made", async () => {
  await life.buy(life.products.trial, "invoices-own");
  const order = await orderOf("invoices-own");
  const session = await life.polar.customerSessions.create({
    external_customer_id: "invoices-own",
  });
  const { customerPortal } = createPolar({
    accessToken: session.token,
    baseUrl: life.emulator.url,
  });
  expect(await textOf((await customerPortal.orders.invoice(order.id)).url)).toContain(
    order.invoice_number ?? "none",
  );
  const receipt = customerPortal.orders.receipt(order.id);
  await expect(receipt).rejects.toMatchObject({
    statusCode: 404,
    error: { error: "ReceiptNotAllocated" },
  });
  const unbilled = await life.polar.customers.create({
    email: "unbilled@example.com",
    external_id: "unbilled",
  });
  expect(unbilled.billing_address).toBeNull();
  const moved = life.polar.orders.update(order.id, { billing_address: { country: "FR" } });
  await expect(moved).rejects.toMatchObject({ statusCode: 422 });
  expect((await fetch(`${life.emulator.url}/invoices/nothing.pdf`)).status).toBe(404);
});
