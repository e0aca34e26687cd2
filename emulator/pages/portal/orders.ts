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

function orderItem(order: models.Order, invoiceUrl: PortalPageView["invoiceUrl"]): Html {
  const [words, tone] = STATUS[order.status];
  const number = order.invoice_number;
  return html`<li>
    <div>
      <span class="order-name">${order.description}</span>
      <span class="note">${dateText(order.created_at)}${number && html`<span>${number}</span>`}</span>
    </div>
    <div class="order-amount">
      <span>${money(order.total_amount, order.currency)}</span>
      <span class="status ${tone}">${words}</span>
    </div>
    ${
      order.is_invoice_generated &&
      html`<a href="${invoiceUrl(order.id)}">Invoice<span class="unseen"> ${number}</span></a>`
    }
  </li>`;
}

/** What the customer was charged for. */
export function orders({ orders: list, invoiceUrl }: PortalPageView): Html {
  return html`<section>
    <h2>Orders</h2>
    ${
      list.length === 0
        ? html`<p class="empty">You have no order yet.</p>`
        : html`<ul class="panel orders">${list.map((order) => orderItem(order, invoiceUrl))}</ul>`
    }
  </section>`;
}
