import type { models } from "@polar-sh/sdk/2026-10";
import { addCard, paymentMethodsOf, removeCard, saveCard } from "../../engine/payment-methods.ts";
import { invalidValue, notFound } from "../../http/errors.ts";
import { paginate } from "../../http/pagination.ts";
import { type PortalCall, portal } from "../../http/portal.ts";
import { created, Reply, type Routes } from "../../http/router.ts";
import { boolean, object, parse, string, url } from "../../http/schema.ts";
import { serializePaymentMethod } from "../../serializers/payment-method.ts";
import { cardOf } from "../checkouts.ts";

const methodCreate = object({
  confirmation_token_id: string(),
  set_default: boolean(),
  return_url: url(),
});
const methodConfirm = object({ setup_intent_id: string(), set_default: boolean() });

function add({ world, customer, body }: PortalCall): Reply {
  const wanted = parse(methodCreate, body);
  const card = cardOf(wanted.confirmation_token_id);
  if (!card)
    throw invalidValue(
      ["body", "confirmation_token_id"],
      "Invalid confirmation token.",
      wanted.confirmation_token_id,
      "invalid",
    );
  const added = addCard(world, customer, card, wanted.set_default);
  const answer: models.CustomerPaymentMethodCreateResponse =
    "intent" in added
      ? { status: "requires_action", client_secret: `${added.intent.id}_secret_local` }
      : { status: "succeeded", payment_method: serializePaymentMethod(added.method) };
  return created(answer);
}

/** The bank has answered, which at Polar happens in the customer's browser; here it always agrees. */
function confirm({ world, customer, body }: PortalCall): Reply {
  const { setup_intent_id, set_default } = parse(methodConfirm, body);
  const intent = world.setupIntents.get(setup_intent_id);
  if (intent?.customer_id !== customer.id)
    throw invalidValue(
      ["body", "setup_intent_id"],
      "Invalid setup_intent_id.",
      setup_intent_id,
      "invalid",
    );
  const method = saveCard(world, customer, intent.card, set_default);
  const answer: models.CustomerPaymentMethodCreateResponse = {
    status: "succeeded",
    payment_method: serializePaymentMethod(method),
  };
  return created(answer);
}

function remove({ world, customer, params }: PortalCall): Reply {
  const method = world.paymentMethods.get(params.id);
  if (method?.customer_id !== customer.id) throw notFound();
  removeCard(world, customer, method);
  return new Reply(204);
}

const PATH = "/v1/customer-portal/customers/me/payment-methods";

export const portalPaymentMethodRoutes: Routes = {
  [`GET ${PATH}`]: portal(({ world, customer, query }) =>
    paginate(paymentMethodsOf(world, customer.id), query, serializePaymentMethod),
  ),
  [`POST ${PATH}`]: portal(add),
  [`POST ${PATH}/confirm`]: portal(confirm),
  [`DELETE ${PATH}/{id}`]: portal(remove),
};
