import type { models } from "@polar-sh/sdk/2026-10";
import { html } from "./html.ts";
import { layout } from "./layout.ts";
import { money } from "./money.ts";

interface InvoiceView {
  organization: models.Organization;
  order: models.Order;
  /** The date in words. */
  issued: string;
}

/** An order's invoice, to be read or printed. */
export function invoicePage({ organization, order, issued }: InvoiceView): string {
  const amount = (value: number) => money(value, order.currency);
  return layout({
    title: `Invoice ${order.invoice_number}`,
    heading: organization.name,
    body: html`<main class="narrow"><article class="panel stack">
<div><h1>Invoice</h1><p class="quiet">${order.invoice_number} · ${issued}</p></div>
<p>For ${order.billing_name ?? order.customer.email}${order.billing_name && html`<br>${order.customer.email}`}</p>
<div class="scroll"><table class="table"><thead><tr><th scope="col">Description</th><th scope="col" class="end">Amount</th></tr></thead>
<tbody>${order.items.map((item) => html`<tr><td>${item.label}</td><td class="end">${amount(item.amount)}</td></tr>`)}</tbody></table></div>
${
  order.applied_balance_amount !== 0 &&
  html`<p class="row"><span>Credit used</span><span>${amount(order.applied_balance_amount)}</span></p>`
}
<p class="row due"><strong>Total</strong><strong>${amount(order.due_amount)}</strong></p>
${
  order.refunded_amount > 0 &&
  html`<p class="row"><span>Refunded</span><span>${amount(order.refunded_amount)}</span></p>`
}
</article></main>`,
  });
}
