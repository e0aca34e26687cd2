import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "./dates.ts";
import { html } from "./html.ts";
import { page } from "./layout.ts";
import { money } from "./money.ts";

interface InvoiceView {
  organizationName: string;
  order: models.Order;
}

/** An order's invoice, to be read or printed. */
export function invoicePage({ organizationName, order }: InvoiceView): string {
  const amount = (value: number) => money(value, order.currency);
  const number = order.invoice_number ?? "";
  return page({
    title: `Invoice ${number} · ${organizationName}`,
    organizationName,
    body: html`<article class="panel invoice">
      <h1>Invoice</h1>
      <p class="note">${number} ${dateText(order.created_at)}</p>
      <p>For ${order.billing_name ?? order.customer.name}<br>${order.customer.email}</p>
      <ul>
        ${order.items.map((item) => html`<li><span>${item.label}</span><span>${amount(item.amount)}</span></li>`)}
        ${
          order.applied_balance_amount !== 0 &&
          html`<li><span>Credit used</span><span>${amount(order.applied_balance_amount)}</span></li>`
        }
        <li class="total"><span>Total</span><span>${amount(order.due_amount)}</span></li>
        ${
          order.refunded_amount > 0 &&
          html`<li><span>Refunded</span><span>${amount(order.refunded_amount)}</span></li>`
        }
      </ul>
    </article>`,
  });
}
