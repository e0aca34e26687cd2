import { updateOrder } from "../engine/order-events.ts";
import { invalidValue, polarError } from "../http/errors.ts";
import { Reply } from "../http/router.ts";
import { defined, nullish, object, parse, string } from "../http/schema.ts";
import type { OrderDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { address } from "./address.ts";

const orderUpdate = object({
  billing_name: nullish(string()),
  billing_address: nullish(address),
});

/** Changes to whom an order is billed. Where its tax was reckoned for stays. */
export function changeOrder(world: World, order: OrderDoc, body: unknown): OrderDoc {
  const wanted = parse(orderUpdate, body);
  const [before, after] = [order.billing_address, wanted.billing_address];
  if (before && after) {
    if (before.country !== after.country)
      throw invalidValue(
        ["body", "billing_address", "country"],
        "Country cannot be changed",
        after.country,
      );
    if (before.state !== after.state)
      throw invalidValue(
        ["body", "billing_address", "state"],
        "State cannot be changed",
        after.state,
      );
  }
  return updateOrder(world, order.id, defined(wanted));
}

/** Where an order's invoice or receipt can be read; the order's id is a secret that nobody guesses. */
export function documentUrl(world: World, kind: "invoices" | "receipts", orderId: string): string {
  return `${world.publicUrl}/${kind}/${orderId}.pdf`;
}

/** @throws ApiError 404 before the invoice was made */
export function invoiceOf(world: World, order: OrderDoc): { url: string } {
  if (!order.is_invoice_generated)
    throw polarError(404, "InvoiceDoesNotExist", `No invoice exists for order ${order.id}.`);
  return { url: documentUrl(world, "invoices", order.id) };
}

/** @throws ApiError 404 when nothing was ever charged */
export function receiptOf(world: World, order: OrderDoc): { url: string } {
  if (!order.receipt_number)
    throw polarError(404, "ReceiptNotAllocated", `No receipt allocated for order ${order.id}.`);
  return { url: documentUrl(world, "receipts", order.id) };
}

/** Has an invoice made, or made anew where it would now be billed to somebody else. */
export function requestInvoice(world: World, order: OrderDoc): Reply {
  if (order.status === "draft" || order.status === "void")
    throw polarError(
      409,
      "OrderNotEligibleForInvoice",
      `Order ${order.id} is not eligible for invoice generation (current status: ${order.status}).`,
    );
  if (order.billing_name === null || order.billing_address === null)
    throw polarError(
      422,
      "MissingInvoiceBillingDetails",
      "Billing name and address are required to generate an invoice for this order.",
    );
  world.scheduler.soon({ kind: "order.invoice", order_id: order.id });
  return new Reply(202, null);
}
