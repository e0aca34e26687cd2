import { futureExpiry } from "../dates.ts";
import { attributes, type Html, html } from "../html.ts";
import { cardFields } from "../parts/card-fields.ts";
import { notice } from "../parts/notice.ts";
import type { CardView, PortalPageView } from "../views.ts";
import { actionForm } from "./action-form.ts";

function cardText({ brand, last4, exp_month, exp_year }: CardView): Html {
  const name = `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`;
  const expiry = `${String(exp_month).padStart(2, "0")}/${exp_year}`;
  return html`<p class="row">
    <span class="card-number">${name} •••• ${last4}</span>
    <span class="note">Expires ${expiry}</span>
  </p>`;
}

/** The card on file and the form that replaces it. */
export function paymentMethod({ card, error, token, now }: PortalPageView): Html {
  const form = html`${error && notice("bad", error)}
    ${cardFields({ number: "", errors: {}, testExpiry: futureExpiry(now) })}
    <button class="primary">Save card</button>`;
  return html`<section>
    <h2>Payment method</h2>
    <div class="panel">
      ${card ? cardText(card) : html`<p class="empty">No card is on file.</p>`}
      <details${attributes({ open: Boolean(error) })}>
        <summary>${card ? "Change card" : "Add card"}</summary>
        ${actionForm(token, "set_card", form)}
      </details>
    </div>
  </section>`;
}
