import type { models } from "@polar-sh/sdk/2026-10";
import { money } from "../pages/money.ts";
import type { InvoicedTo, RefundDoc } from "../store/documents.ts";
import { humanDate } from "../time.ts";
import { Sheet } from "./sheet.ts";

const countries = new Intl.DisplayNames("en", { type: "region" });

/** What an invoice or a receipt is made of. Amounts are in minor units. */
export interface OrderDocument {
  kind: "invoice" | "receipt";
  organization: models.Organization;
  order: models.Order;
  buyer: InvoicedTo;
  /** Those that went through. */
  refunds: readonly RefundDoc[];
}

function addressLines(address: models.Address | null): string[] {
  if (!address) return [];
  const { line1, line2, postal_code, city, state, country } = address;
  const region = state?.replace(/^[A-Z]{2}-/, "") ?? null;
  const place = [postal_code, city, region].filter(Boolean).join(" ");
  return [line1, line2, place, countries.of(country)]
    .filter((line) => line !== null)
    .filter(isSaid);
}

function isSaid(line: string | undefined): line is string {
  return line !== undefined && line !== "";
}

function seller({ name, email, website, country }: models.Organization): string[] {
  return [name, country ? countries.of(country) : undefined, email ?? "", website ?? ""].filter(
    isSaid,
  );
}

function buyerLines({ name, address, email, tax_id }: InvoicedTo): string[] {
  const number = tax_id ? `Tax ID ${tax_id[0]}` : "";
  return [name ?? "", ...addressLines(address), email, number].filter(isSaid);
}

function about({ kind, order, refunds }: OrderDocument): string[] {
  const state = order.paid ? "Paid" : order.status === "void" ? "Void" : "To be paid";
  return [
    `Invoice number ${order.invoice_number ?? ""}`,
    ...(kind === "receipt" ? [`Receipt number ${order.receipt_number ?? ""}`] : []),
    `Date of issue ${humanDate(order.created_at)}`,
    refunds.length > 0 && order.status === "refunded" ? "Refunded" : state,
  ];
}

type Row = [words: string, amount: number, weight?: "bold"];

/** The sums below the lines, each left out where it would say nothing. */
function sums({ order, refunds }: OrderDocument): Row[] {
  const discount = order.discount ? `Discount (${order.discount.name})` : "Discount";
  const credit = order.applied_balance_amount;
  const returned = refunds.map(
    ({ created_at, amount, tax_amount }): Row => [
      `Refunded on ${humanDate(created_at)}`,
      -(amount + tax_amount),
    ],
  );
  return [
    ["Subtotal", order.subtotal_amount],
    ...(order.discount_amount > 0 ? [[discount, -order.discount_amount] satisfies Row] : []),
    ["Total excluding tax", order.net_amount],
    ["Tax", order.tax_amount],
    ["Total", order.total_amount, "bold"],
    ...(credit === 0 ? [] : [["Credit applied", credit] satisfies Row]),
    [order.paid ? "Amount paid" : "Amount due", order.due_amount, "bold"],
    ...returned,
  ];
}

/** Makes an order's invoice or receipt as a PDF. */
export async function orderDocument(document: OrderDocument): Promise<Buffer> {
  const { kind, organization, order, buyer } = document;
  const title = kind === "invoice" ? "Invoice" : "Receipt";
  const number = kind === "invoice" ? order.invoice_number : order.receipt_number;
  const amount = (value: number) => money(value, order.currency);
  const sheet = await Sheet.open(
    `${title} ${number}`,
    organization.name,
    new Date(order.created_at),
  );
  sheet.heading(title, organization.name, about(document));
  sheet.columns([
    { title: "From", lines: seller(organization) },
    { title: "Billed to", lines: buyerLines(buyer) },
  ]);
  sheet.row("Description", "Amount", "soft");
  sheet.rule();
  for (const item of order.items) sheet.row(item.label, amount(item.amount));
  sheet.rule();
  for (const [words, value, weight = "regular"] of sums(document))
    sheet.row(words, amount(value), weight, true);
  sheet.gap(24);
  sheet.note("Made by the local Polar, in test mode. No money has changed hands.");
  return await sheet.close();
}
