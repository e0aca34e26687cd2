import { randomBytes } from "node:crypto";
import type { Answer } from "../../http/server.ts";
import { serializeCheckout } from "../../serializers/checkout.ts";
import type { CheckoutDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { checkoutPage } from "../checkout.ts";
import { respond } from "../respond.ts";
import type { CheckoutPageView } from "../views.ts";

type Extras = Partial<Pick<CheckoutPageView, "error" | "values" | "typed" | "fieldErrors">>;

/** The page of a checkout as it is, with what is wrong with what was typed in. */
export function renderCheckout(world: World, checkout: CheckoutDoc, extras: Extras = {}): Answer {
  const nonce = randomBytes(16).toString("base64");
  const view: CheckoutPageView = {
    nonce,
    checkout: serializeCheckout(world, checkout),
    organizationName: world.organization.name,
    emailLocked: checkout.customer_id !== null,
    error: extras.error ?? checkout.payment_error,
    requiresAction: checkout.requires_action,
    values: extras.values ?? {
      email: checkout.customer_email ?? "",
      name: checkout.customer_name ?? "",
      country: checkout.customer_billing_address?.country ?? "US",
      cardNumber: "",
    },
    typed: extras.typed ?? {},
    fieldErrors: extras.fieldErrors ?? {},
  };
  const status = Object.keys(view.fieldErrors).length > 0 ? 422 : 200;
  return respond(checkoutPage(view), nonce, status);
}
