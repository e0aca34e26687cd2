import type { models } from "@polar-sh/sdk/2026-10";
import { updateCheckout } from "../../engine/checkout.ts";
import { type CheckoutChange, changed } from "../../engine/checkout-change.ts";
import { refuseUsedUp } from "../../engine/checkout-discount.ts";
import { ApiError } from "../../http/errors.ts";
import { isRecord } from "../../http/schema.ts";
import type { Answer } from "../../http/server.ts";
import { serializeCheckout } from "../../serializers/checkout.ts";
import type { CheckoutDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { readMajor } from "../money.ts";
import { redirect } from "../respond.ts";
import type { ChoiceField } from "../views.ts";
import { renderCheckout } from "./render.ts";

/** An address of which no more is known than its country. */
export function addressIn(country: string): models.Address {
  return {
    line1: null,
    line2: null,
    postal_code: null,
    city: null,
    state: null,
    country: country as models.CountryAlpha2,
  };
}

const FIELDS: Record<string, ChoiceField> = {
  choose_amount: "amount",
  choose_seats: "seats",
  apply_discount: "discount_code",
};

/** The words of a refusal: of its first field, or of the whole. */
function refusal(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const detail = isRecord(error.body) ? error.body.detail : undefined;
  if (typeof detail === "string") return detail;
  const [first] = Array.isArray(detail) ? detail : [];
  return isRecord(first) && typeof first.msg === "string" ? first.msg : "Please check this.";
}

/** What a form beside the one to pay with asks for; a string is what is wrong with it. */
function wanted(checkout: CheckoutDoc, action: string, text: string): CheckoutChange | string {
  switch (action) {
    case "choose_product":
      return { product_id: text };
    case "choose_amount": {
      const amount = readMajor(text, "usd");
      return amount === null ? "Enter an amount, such as 19.00." : { amount };
    }
    case "choose_seats":
      return /^\d{1,5}$/.test(text) && Number(text) > 0
        ? { seats: Number(text) }
        : "Enter a number of seats.";
    case "apply_discount":
      if (!checkout.allow_discount_codes) return "This checkout takes no codes.";
      return text ? { discount_code: text } : "Enter a code.";
    case "remove_discount":
      return { discount_code: null };
    default:
      return {};
  }
}

/** What was typed in to the form to pay with, as far as it can be kept. */
function details(checkout: CheckoutDoc, form: URLSearchParams): CheckoutChange {
  const text = (name: string) => form.get(name)?.trim() ?? "";
  const email = text("customer_email");
  const name = text("customer_name");
  const country = text("country");
  return {
    ...(/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email) && !checkout.customer_id
      ? { customer_email: email }
      : {}),
    ...(name ? { customer_name: name } : {}),
    ...(/^[A-Z]{2}$/.test(country) ? { customer_billing_address: addressIn(country) } : {}),
  };
}

/** Takes over a choice of the payer's, or shows why it cannot be had. */
export function choose(
  world: World,
  checkout: CheckoutDoc,
  action: string,
  form: URLSearchParams,
): Answer {
  const field = FIELDS[action];
  const text = form.get(field ?? "product_id")?.trim() ?? "";
  const show = (message: string) => {
    if (field)
      return renderCheckout(world, world.checkouts.need(checkout.id), {
        error: null,
        typed: { [field]: text },
        fieldErrors: { [field]: message },
      });
    return renderCheckout(world, world.checkouts.need(checkout.id), { error: message });
  };
  const change = wanted(checkout, action, text);
  if (typeof change === "string") return show(change);
  try {
    const changes = changed(world, checkout, { ...details(checkout, form), ...change });
    refuseUsedUp(world, { ...checkout, ...changes }, null);
    updateCheckout(world, checkout.id, changes);
  } catch (error) {
    return show(refusal(error));
  }
  return redirect(serializeCheckout(world, checkout).url);
}
