import type { models } from "@polar-sh/sdk/2026-10";
import { futureExpiry } from "../dates.ts";
import { attributes, type Html, html } from "../html.ts";
import { cardFields } from "../parts/card-fields.ts";
import { notice } from "../parts/notice.ts";
import type { PortalPageView } from "../views.ts";
import { actionForm } from "./action-form.ts";

const BRANDS: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
};

function cardItem({ id, method_metadata }: models.PaymentMethodCard, view: PortalPageView): Html {
  const { brand, last4, exp_month, exp_year } = method_metadata;
  const name = `${BRANDS[brand] ?? "Card"} •••• ${last4}`;
  const expiry = `${String(exp_month).padStart(2, "0")}/${exp_year}`;
  const isCharged = id === view.chargedCardId;
  const input = html`<input type="hidden" name="payment_method_id" value="${id}">`;
  const button = (words: string) =>
    html`${input}<button class="small">${words}<span class="unseen"> ${name}</span></button>`;
  return html`<li class="card-item">
    <div>
      <span class="card-number">${name}</span>
      <span class="note">Expires ${expiry}</span>
    </div>
    ${isCharged && html`<span class="status good">In use</span>`}
    <div class="actions">
      ${!isCharged && actionForm(view.token, "choose_card", button("Use this"))}
      ${actionForm(view.token, "remove_card", button("Remove"))}
    </div>
  </li>`;
}

/** The customer's cards, and the form that adds one. */
export function paymentMethod(view: PortalPageView): Html {
  const { cards, error, token, now } = view;
  const form = html`${error && notice("bad", error)}
    <p class="note">It is charged from then on. What is overdue is charged to it at once.</p>
    ${cardFields({ number: "", errors: {}, testExpiry: futureExpiry(now) })}
    <button class="primary">Save card</button>`;
  return html`<section id="payment">
    <h2>Payment method</h2>
    <div class="panel">
      ${
        cards.length === 0
          ? html`<p class="empty">No card is on file.</p>`
          : html`<ul class="list">${cards.map((card) => cardItem(card, view))}</ul>`
      }
      <details${attributes({ open: Boolean(error) })}>
        <summary>${cards.length > 0 ? "Add another card" : "Add a card"}</summary>
        ${actionForm(token, "set_card", form)}
      </details>
    </div>
  </section>`;
}
