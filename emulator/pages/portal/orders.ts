import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "../dates.ts";
import { type Html, html } from "../html.ts";
import { money } from "../money.ts";
import type { PortalPageView } from "../views.ts";

const STATUS: Record<models.OrderStatus, readonly [words: string, tone: string]> = {
  draft: ["Draft", "plain"],
  pending: ["Payment pending", "warn"],
  paid: ["Paid", "good"],
  refunded: ["Refunded", "plain"],
  partially_refunded: ["Partly refunded", "plain"],
  void: ["Void", "plain"],
};

function refund(order: models.Order): Html | null {
  if (order.status !== "partially_refunded") return null;
  const amount = order.refunded_amount + order.refunded_tax_amount;
  return html`<span class="note">${money(amount, order.currency)} given back</span>`;
}

function orderItem(order: models.Order, documentUrl: PortalPageView["documentUrl"]): Html {
  const [words, tone] = STATUS[order.status];
  const number = order.invoice_number;
  const link = (href: string, name: string) =>
    html`<a href="${href}">${name}<span class="unseen"> ${number} (PDF)</span></a>`;
  return html`<li>
    <div>
      <span class="order-name">${order.description}</span>
      <span class="note">${dateText(order.created_at)}${number && html`<span>${number}</span>`}</span>
    </div>
    <div class="order-amount">
      <span>${money(order.total_amount, order.currency)}</span>
      <span class="status ${tone}">${words}</span>
      ${refund(order)}
    </div>
    <div class="order-links">
      ${order.is_invoice_generated && link(documentUrl("invoices", order.id), "Invoice")}
      ${order.receipt_number && link(documentUrl("receipts", order.id), "Receipt")}
    </div>
  </li>`;
}

/** What the customer was charged for. */
export function orders({ orders: list, documentUrl }: PortalPageView): Html {
  return html`<section id="orders">
    <h2>Orders</h2>
    ${
      list.length === 0
        ? html`<p class="empty">You have no order yet.</p>`
        : html`<ul class="panel orders">${list.map((order) => orderItem(order, documentUrl))}</ul>`
    }
  </section>`;
}
