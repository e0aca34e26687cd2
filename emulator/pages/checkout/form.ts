import type { models } from "@polar-sh/sdk/2026-10";
import { humanDate } from "../../time.ts";
import { futureExpiry } from "../dates.ts";
import { type Html, html } from "../html.ts";
import { money } from "../money.ts";
import { cardFields } from "../parts/card-fields.ts";
import { countries } from "../parts/countries.ts";
import { inputField, selectField } from "../parts/field.ts";
import { notice } from "../parts/notice.ts";
import type { CheckoutField, CheckoutPageView } from "../views.ts";

const FIELDS: readonly CheckoutField[] = [
  "customer_email",
  "card_number",
  "card_expiry",
  "card_cvc",
  "customer_name",
  "country",
];

function buttonText(checkout: models.Checkout, product: models.CheckoutProduct): string {
  if (!checkout.is_payment_form_required) return "Get it";
  if (checkout.trial_end) return "Start trial";
  if (product.is_recurring) return "Subscribe";
  return `Pay ${money(checkout.total_amount, checkout.currency)}`;
}

function promise(checkout: models.Checkout, product: models.CheckoutProduct): string | null {
  if (!checkout.is_payment_form_required) return null;
  if (checkout.trial_end) {
    return `Cancel before ${humanDate(checkout.trial_end)} and you pay nothing for the plan.`;
  }
  return product.is_recurring ? "Renews by itself until you cancel." : null;
}

/** The form to pay with. The server checks it, so that every error is told in one way. */
export function checkoutForm(view: CheckoutPageView, product: models.CheckoutProduct): Html {
  const { checkout, error, fieldErrors, values } = view;
  const withCard = checkout.is_payment_form_required;
  const focus = FIELDS.find((name) => fieldErrors[name]);
  const country = values.country || "US";
  const terms = promise(checkout, product);
  const field = (name: CheckoutField, label: string) => ({
    id: name,
    name,
    label,
    error: fieldErrors[name],
  });
  const email = inputField({
    ...field("customer_email", "E-mail"),
    control: {
      type: "email",
      value: view.emailLocked ? (checkout.customer_email ?? values.email) : values.email,
      autocomplete: "email",
      required: true,
      readonly: view.emailLocked,
      autofocus: focus === "customer_email",
    },
  });
  const name = inputField({
    ...field("customer_name", withCard ? "Name on card" : "Name"),
    control: {
      value: values.name,
      autocomplete: withCard ? "cc-name" : "name",
      required: true,
      autofocus: focus === "customer_name",
    },
  });
  const card = cardFields({
    number: values.cardNumber,
    errors: fieldErrors,
    focus,
    testExpiry: futureExpiry(checkout.expires_at),
  });
  const residence = selectField({
    ...field("country", "Country"),
    options: countries(country),
    chosen: country,
    control: { autocomplete: "country", required: true, autofocus: focus === "country" },
  });
  return html`<form method="post" novalidate class="pay">
    ${error && notice("bad", error, !focus)}
    <fieldset><legend>Contact</legend>${email}</fieldset>
    <fieldset>
      <legend>${withCard ? "Payment" : "Details"}</legend>
      ${withCard && card}
      ${name}
      ${residence}
    </fieldset>
    <div class="pay-end">
      <input type="hidden" name="total" value="${checkout.total_amount}">
      <button class="primary">${buttonText(checkout, product)}</button>
      ${terms && html`<p class="terms">${terms}</p>`}
    </div>
  </form>`;
}
