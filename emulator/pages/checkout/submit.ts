import { confirmCheckout, updateCheckout } from "../../engine/checkout.ts";
import { priced } from "../../engine/checkout-amounts.ts";
import type { Answer } from "../../http/server.ts";
import { serializeCheckout } from "../../serializers/checkout.ts";
import type { CheckoutDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { cardFromForm } from "../card-form.ts";
import { money } from "../money.ts";
import { redirect } from "../respond.ts";
import type { CheckoutPageView } from "../views.ts";
import { addressIn } from "./choose.ts";
import { renderCheckout } from "./render.ts";

/** Pays: confirms the checkout with what was typed in, or shows what is wrong with it. */
export function submit(world: World, checkout: CheckoutDoc, form: URLSearchParams): Answer {
  const text = (name: string) => form.get(name)?.trim() ?? "";
  const values = {
    email: checkout.customer_id ? (checkout.customer_email ?? "") : text("customer_email"),
    name: text("customer_name"),
    country: text("country"),
    cardNumber: text("card_number"),
  };
  const { is_payment_form_required, total_amount, currency } = serializeCheckout(world, checkout);
  const read = cardFromForm(world, form);
  const fieldErrors: CheckoutPageView["fieldErrors"] = "errors" in read ? { ...read.errors } : {};
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(values.email))
    fieldErrors.customer_email = "Enter an e-mail address.";
  if (is_payment_form_required && !values.name) fieldErrors.customer_name = "Enter a name.";
  if (!/^[A-Z]{2}$/.test(values.country)) fieldErrors.country = "Choose a country.";
  if ("errors" in read || Object.keys(fieldErrors).length > 0)
    return renderCheckout(world, checkout, { values, fieldErrors, error: null });
  const details = {
    customer_email: values.email,
    ...(values.name ? { customer_name: values.name } : {}),
    customer_billing_address: addressIn(values.country),
  };
  const after = priced(world, { ...checkout, ...details });
  const total = after.net_amount + (after.tax_amount ?? 0);
  // Nobody is charged another amount than the page has named.
  if (total !== Number(form.get("total") ?? total_amount))
    return renderCheckout(world, updateCheckout(world, checkout.id, details), {
      values,
      error: `The total is now ${money(total, currency)}. Please check it and pay again.`,
    });
  confirmCheckout(world, checkout.id, { ...details, card: read.card });
  return redirect(serializeCheckout(world, checkout).url);
}
