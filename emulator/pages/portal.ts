import type { models } from "@polar-sh/sdk/2026-10";
import { humanDate } from "../time.ts";
import { cardFields } from "./card-fields.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";
import { money, period } from "./money.ts";
import type { PortalPageView } from "./views.ts";

const REASONS: Record<models.CustomerCancellationReason, string> = {
  too_expensive: "It is too expensive",
  missing_features: "It lacks something I need",
  switched_service: "I use something else now",
  unused: "I do not use it enough",
  customer_service: "The support was not good enough",
  low_quality: "The quality was not good enough",
  too_complex: "It is too complicated",
  other: "Another reason",
};

const ORDER_STATUS: Partial<Record<models.OrderStatus, string>> = {
  paid: "Paid",
  pending: "Payment due",
  refunded: "Refunded",
  partially_refunded: "Partly refunded",
  void: "Not collected",
};

function statusBadge(subscription: models.Subscription): Html {
  const { status, cancel_at_period_end, current_period_end, ended_at, trial_end } = subscription;
  if (ended_at) return html`<span class="badge bad">Ended ${humanDate(ended_at)}</span>`;
  if (cancel_at_period_end)
    return html`<span class="badge bad">Ends ${humanDate(current_period_end)}</span>`;
  if (status === "trialing" && trial_end)
    return html`<span class="badge">Trial until ${humanDate(trial_end)}</span>`;
  if (status === "past_due") return html`<span class="badge bad">Payment overdue</span>`;
  return html`<span class="badge good">Active</span>`;
}

function hidden(view: PortalPageView, subscription: models.Subscription): Html {
  return html`<input type="hidden" name="customer_session_token" value="${view.token}">
<input type="hidden" name="subscription_id" value="${subscription.id}">`;
}

function cancelForm(view: PortalPageView, subscription: models.Subscription): Html {
  const { id } = subscription;
  return html`<details>
<summary>Cancel subscription</summary>
<form method="post" class="stack">${hidden(view, subscription)}
<p>You keep it until ${humanDate(subscription.current_period_end)}.</p>
<div><label for="reason-${id}">Why? (optional)</label>
<select id="reason-${id}" name="customer_cancellation_reason"><option value="">Rather not say</option>
${Object.entries(REASONS).map(([value, text]) => html`<option value="${value}">${text}</option>`)}
</select></div>
<div><label for="comment-${id}">Anything else? (optional)</label>
<textarea id="comment-${id}" name="customer_cancellation_comment" maxlength="500"></textarea></div>
<p><button class="danger" name="action" value="cancel">Cancel subscription</button></p>
</form></details>`;
}

function renewal(subscription: models.Subscription): string {
  const price = `${money(subscription.amount, subscription.currency)} per ${period(subscription.recurring_interval, subscription.recurring_interval_count)}`;
  if (subscription.ended_at || subscription.cancel_at_period_end) return price;
  return `${price}, next on ${humanDate(subscription.current_period_end)}`;
}

function subscriptionPanel(view: PortalPageView, subscription: models.Subscription): Html {
  return html`<article class="panel stack">
<div class="row"><h3>${subscription.product.name}</h3>${statusBadge(subscription)}</div>
<p class="quiet">${renewal(subscription)}</p>
${
  !subscription.ended_at &&
  (subscription.cancel_at_period_end
    ? html`<form method="post">${hidden(view, subscription)}
<button name="action" value="uncancel">Keep subscription</button></form>`
    : cancelForm(view, subscription))
}
</article>`;
}

function cardPanel(view: PortalPageView): Html {
  const { card } = view;
  const expiry = card
    ? `${String(card.exp_month).padStart(2, "0")}/${String(card.exp_year).slice(-2)}`
    : "";
  return html`<section class="stack"><h2>Payment method</h2><div class="panel stack">
<p>${card ? html`<strong>${card.brand.toUpperCase()}</strong> •••• ${card.last4}, good until ${expiry}` : "No card is saved."}</p>
<details><summary>${card ? "Change card" : "Add a card"}</summary>
<form method="post" class="stack"><input type="hidden" name="customer_session_token" value="${view.token}">
${cardFields("", {})}
<p><button name="action" value="set_card">Save card</button></p></form></details>
</div></section>`;
}

function meterPanel(meter: models.CustomerMeter): Html {
  const count = new Intl.NumberFormat("en-US");
  const over = meter.balance < 0;
  return html`<div class="panel tight">
<p class="row"><strong>${meter.meter.name}</strong>
<span class="quiet">${count.format(meter.consumed_units)} of ${count.format(meter.credited_units)} used</span></p>
<progress max="${Math.max(1, meter.credited_units)}" value="${meter.consumed_units}" aria-label="${meter.meter.name} used"></progress>
<p class="small quiet">${over ? `${count.format(-meter.balance)} beyond what is included` : `${count.format(meter.balance)} left`}</p>
</div>`;
}

function orderRow(view: PortalPageView, order: models.Order): Html {
  return html`<tr><td>${order.description}<br><span class="small quiet">${humanDate(order.created_at)}<br>${order.invoice_number}</span></td>
<td>${ORDER_STATUS[order.status] ?? order.status}</td>
<td class="end">${money(order.total_amount, order.currency)}</td>
<td class="end">${order.is_invoice_generated && html`<a href="${view.invoiceUrl(order.id)}" aria-label="Invoice ${order.invoice_number}">Invoice</a>`}</td></tr>`;
}

/** The customer portal. */
export function portalPage(view: PortalPageView): string {
  return layout({
    title: "Billing portal",
    heading: view.organizationName,
    body: html`<main class="narrow">
${view.returnUrl && html`<p><a href="${view.returnUrl}">← Back</a></p>`}
<div><h1>Billing portal</h1><p class="quiet">${view.customer.email}</p></div>
${view.notice && html`<p class="notice" role="status">${view.notice}</p>`}
<section class="stack"><h2>Subscription</h2>
${view.subscriptions.length > 0 ? view.subscriptions.map((each) => subscriptionPanel(view, each)) : html`<p class="quiet">You have none.</p>`}
</section>
${cardPanel(view)}
${view.meters.length > 0 && html`<section class="stack"><h2>Usage</h2>${view.meters.map(meterPanel)}</section>`}
<section class="stack"><h2>Orders</h2>
${
  view.orders.length > 0
    ? html`<div class="panel scroll"><table class="table orders"><thead><tr><th scope="col">Order</th><th scope="col">Status</th>
<th scope="col" class="end">Total</th><th scope="col" class="end">Invoice</th></tr></thead>
<tbody>${view.orders.map((order) => orderRow(view, order))}</tbody></table></div>`
    : html`<p class="quiet">You have none.</p>`
}
</section></main>`,
  });
}
