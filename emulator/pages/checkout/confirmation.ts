import type { models } from "@polar-sh/sdk/2026-10";
import { type Html, html } from "../html.ts";
import { money } from "../money.ts";

/** The part of the payer's bank, which asks whether they mean to pay. */
export function bankConfirmation(checkout: models.Checkout, organizationName: string): Html {
  const amount = money(checkout.trial_end ? 0 : checkout.total_amount, checkout.currency);
  return html`<section class="panel message">
    <p class="eyebrow">Test bank</p>
    <h1>Confirm this payment</h1>
    <p>${organizationName} asks you to confirm your card.</p>
    <dl class="totals">
      <div><dt>Product</dt><dd>${checkout.product?.name}</dd></div>
      <div class="due"><dt>Amount today</dt><dd>${amount}</dd></div>
    </dl>
    <form method="post" class="answers">
      <button class="primary" name="action" value="authenticate">Approve payment</button>
      <button class="quiet" name="action" value="fail_authentication">Reject payment</button>
    </form>
  </section>`;
}

/** Shown while the payment runs. */
export function processing(): Html {
  return html`<section class="panel message">
    <span class="spinner" aria-hidden="true"></span>
    <h1 aria-live="polite">Processing your payment…</h1>
    <p>This takes a moment. Please leave this page open.</p>
  </section>`;
}
