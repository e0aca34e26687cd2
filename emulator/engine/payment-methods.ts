import { isDeepStrictEqual } from "node:util";
import { polarError } from "../http/errors.ts";
import { newId } from "../ids.ts";
import type {
  CardDoc,
  CustomerDoc,
  PaymentMethodDoc,
  SetupIntentDoc,
  SubscriptionDoc,
} from "../store/documents.ts";
import type { World } from "../world.ts";
import { cardAsks, cardPays } from "./cards.ts";
import { updateCustomer } from "./customers.ts";

/** The cards of a customer, newest first. */
export function paymentMethodsOf(world: World, customerId: string): PaymentMethodDoc[] {
  return world.paymentMethods.where("customer_id", customerId).reverse();
}

/** Keeps a card among the customer's, unless it is there, whether or not it is the one that is charged. */
export function keepCard(world: World, customerId: string, card: CardDoc): PaymentMethodDoc {
  const found = world.paymentMethods
    .where("customer_id", customerId)
    .find((one) => isDeepStrictEqual({ ...one.card, id: card.id }, card));
  return (
    found ??
    world.paymentMethods.put({
      id: card.id,
      created_at: world.clock.tick(),
      modified_at: null,
      customer_id: customerId,
      card,
    })
  );
}

/** Makes a card the one that is charged from now on; what is overdue is charged to it at once. */
export function chooseCard(world: World, customer: CustomerDoc, method: PaymentMethodDoc): void {
  updateCustomer(world, customer.id, {
    card: method.card,
    default_payment_method_id: method.id,
  });
  retryOverdue(world, customer.id);
}

function retryOverdue(world: World, customerId: string): void {
  for (const order of world.orders.where("customer_id", customerId)) {
    const subscription = world.subscriptions.get(order.subscription_id);
    if (order.status === "pending" && subscription?.status === "past_due")
      world.scheduler.soon(
        { kind: "order.charge", order_id: order.id },
        world.options.paymentDelayMs,
      );
  }
}

/**
 * Saves a card. One whose bank asks first becomes a setup intent, to be confirmed.
 *
 * @throws ApiError 400 when it is declined
 */
export function addCard(
  world: World,
  customer: CustomerDoc,
  card: CardDoc,
  setDefault: boolean,
): { method: PaymentMethodDoc } | { intent: SetupIntentDoc } {
  if (!cardPays(card, true))
    throw polarError(
      400,
      "PaymentMethodSetupFailed",
      "Could not add this payment method: Your card was declined. Please try again with a different card.",
    );
  if (cardAsks(card)) {
    const id = `seti_${newId().replaceAll("-", "").slice(0, 24)}`;
    return { intent: world.setupIntents.put({ id, customer_id: customer.id, card }) };
  }
  return { method: saveCard(world, customer, card, setDefault) };
}

/** Saves a card that nobody has to be asked about any more. */
export function saveCard(
  world: World,
  customer: CustomerDoc,
  card: CardDoc,
  setDefault: boolean,
): PaymentMethodDoc {
  const method = keepCard(world, customer.id, card);
  if (setDefault) chooseCard(world, customer, method);
  else if (!customer.card) world.customers.patch(customer.id, { card });
  return method;
}

/** Whether a subscription will yet have to be charged. */
function needsCard(world: World, subscription: SubscriptionDoc): boolean {
  const { status, cancel_at_period_end, resumes_at, product_id, price_ids } = subscription;
  if (status === "paused") return resumes_at !== null;
  if (!["active", "trialing", "past_due"].includes(status)) return false;
  if (!cancel_at_period_end) return true;
  return world.products
    .need(product_id)
    .prices.some(({ id, amount_type }) => price_ids.includes(id) && amount_type === "metered_unit");
}

function nextCard(
  world: World,
  customer: CustomerDoc,
  method: PaymentMethodDoc,
): PaymentMethodDoc | undefined {
  const others = paymentMethodsOf(world, customer.id).filter(({ id }) => id !== method.id);
  return others.find(({ id }) => id === customer.default_payment_method_id) ?? others[0];
}

/** Whether a subscription could not be charged without this card. */
export function isLastNeeded(
  world: World,
  customer: CustomerDoc,
  method: PaymentMethodDoc,
): boolean {
  return (
    customer.card?.id === method.id &&
    !nextCard(world, customer, method) &&
    world.subscriptions.where("customer_id", customer.id).some((each) => needsCard(world, each))
  );
}

/**
 * Removes a card; another of the customer's takes its place.
 *
 * @throws ApiError 400 when it is the last and a subscription still has to be charged
 */
export function removeCard(world: World, customer: CustomerDoc, method: PaymentMethodDoc): void {
  if (isLastNeeded(world, customer, method))
    throw polarError(
      400,
      "PaymentMethodInUseByActiveSubscription",
      "This payment method is still needed to bill a subscription. Add another one or cancel the subscription first.",
    );
  const next = nextCard(world, customer, method);
  world.paymentMethods.remove(method.id);
  updateCustomer(world, customer.id, {
    ...(customer.card?.id === method.id ? { card: next?.card ?? null } : {}),
    ...(customer.default_payment_method_id === method.id
      ? { default_payment_method_id: null }
      : {}),
  });
}
