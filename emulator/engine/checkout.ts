import { invalidRequest, polarError } from "../http/errors.ts";
import { newId, newToken } from "../ids.ts";
import { checkoutTrial, paymentNeeds, serializeCheckout } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type { CardDoc, CheckoutDoc, SessionDoc } from "../store/documents.ts";
import { addSeconds } from "../time.ts";
import type { World } from "../world.ts";
import { addBuyer, knownBuyer, updateBuyer } from "./buyer.ts";
import { cardAsks, cardPays } from "./cards.ts";
import { priced, requireCurrentPrice } from "./checkout-amounts.ts";
import { redeemAtCheckout, refuseUsedUp, requireRedeemable } from "./checkout-discount.ts";
import { announceCustomer, customerByEmail } from "./customers.ts";
import { checkoutOrderAmounts } from "./order-amounts.ts";
import { placePaidOrder } from "./orders.ts";
import { keepCard } from "./payment-methods.ts";
import { becomeTeam, type SeatContainer, takeOwnSeat } from "./seats.ts";
import { purchaseLines } from "./subscription-prices.ts";
import { startSubscription } from "./subscription-start.ts";

const DECLINED = "Your card was declined.";
const REJECTED = "Your bank could not confirm this payment.";
const SESSION_SECONDS = 3600;

/** Tells of a checkout as it is now; returns the ids of the webhook events. */
export function emitCheckout(
  world: World,
  what: "created" | "updated" | "expired",
  checkout: CheckoutDoc,
): string[] {
  return world.emitter.emit(`checkout.${what}`, serializeCheckout(world, checkout));
}

/** Changes a checkout and tells of it. */
export function updateCheckout(
  world: World,
  id: string,
  changes: Partial<CheckoutDoc>,
): CheckoutDoc {
  const changed = { ...world.checkouts.need(id), ...changes, modified_at: world.clock.tick() };
  const checkout = world.checkouts.put(priced(world, changed));
  emitCheckout(world, "updated", checkout);
  return checkout;
}

/** The open checkout, or Polar's error for one that is not. */
export function requireOpen(checkout: CheckoutDoc): CheckoutDoc {
  if (checkout.status === "expired")
    throw polarError(410, "ExpiredCheckoutError", "This checkout session has expired.");
  if (checkout.status !== "open")
    throw polarError(
      403,
      "NotOpenCheckout",
      `Checkout ${checkout.id} is not open: ${checkout.status}`,
    );
  return checkout;
}

/** Refuses a second subscription, unless the organization allows several. */
export function refuseSecondSubscription(world: World, checkout: CheckoutDoc): void {
  if (world.organization.subscription_settings.allow_multiple_subscriptions) return;
  if (!world.products.need(checkout.product_id).recurring_interval || checkout.subscription_id)
    return;
  const customer =
    world.customers.get(checkout.customer_id) ??
    (checkout.customer_email ? customerByEmail(world, checkout.customer_email) : undefined);
  if (!customer) return;
  const billable = world.subscriptions
    .where("customer_id", customer.id)
    .some((found) => ["active", "trialing", "past_due"].includes(found.status));
  if (billable)
    throw polarError(
      403,
      "AlreadyActiveSubscriptionError",
      "You already have an active subscription.",
    );
}

function refuseSecondTrial(world: World, checkout: CheckoutDoc): void {
  const { prevent_trial_abuse } = world.organization.subscription_settings;
  const customer = world.customers.get(checkout.customer_id);
  if (!prevent_trial_abuse || !checkoutTrial(world, checkout)) return;
  if (customer?.trials.includes(checkout.product_id))
    throw polarError(
      403,
      "TrialAlreadyRedeemed",
      "You have already used a trial for this product. Trials can only be used once per customer.",
    );
}

/** What the one who buys has typed in and chosen, and the card to pay with. */
export type Confirmation = Partial<Omit<CheckoutDoc, "card">> & Pick<CheckoutDoc, "card">;

function requireDetails(world: World, checkout: CheckoutDoc, card: CardDoc | null): void {
  const { is_payment_form_required } = paymentNeeds(world, checkout);
  const missing = [
    ...(checkout.customer_email ? [] : ["customer_email"]),
    ...(is_payment_form_required && !checkout.customer_name ? ["customer_name"] : []),
    ...(is_payment_form_required && !checkout.customer_billing_address
      ? ["customer_billing_address"]
      : []),
    ...(is_payment_form_required && !card ? ["confirmation_token_id"] : []),
  ];
  if (missing.length > 0)
    throw invalidRequest(
      missing.map((field) => ({
        type: "missing",
        loc: ["body", field],
        msg: "Field required",
        input: null,
      })),
    );
}

/** Submits a checkout. `confirmed` means no more than that: the payment comes after it. */
export function confirmCheckout(world: World, id: string, form: Confirmation): CheckoutDoc {
  const open = requireOpen(world.checkouts.need(id));
  const { card: _, ...given } = form;
  const email = open.customer_id
    ? open.customer_email
    : (form.customer_email ?? open.customer_email);
  const filled = priced(world, { ...open, ...given, customer_email: email });
  requireCurrentPrice(world, filled);
  requireDetails(world, filled, form.card);
  refuseSecondSubscription(world, filled);
  refuseSecondTrial(world, filled);
  const needs = paymentNeeds(world, filled);
  const card = needs.is_payment_form_required ? form.card : null;
  requireRedeemable(world, filled);
  refuseUsedUp(world, filled, card);
  const known = knownBuyer(world, filled);
  const buyer = known ?? addBuyer(world, filled);
  const confirmed = updateCheckout(world, id, {
    ...given,
    customer_email: email,
    status: "confirmed",
    card,
    payment_error: null,
    requires_action: card !== null && cardAsks(card),
    intent: card ? (needs.is_payment_required ? "pi" : "seti") : null,
  });
  const customer = known ? updateBuyer(world, buyer, confirmed) : announceCustomer(world, buyer);
  redeemAtCheckout(world, confirmed, customer);
  const checkout = world.checkouts.patch(id, { customer_id: customer.id });
  if (!checkout.requires_action) schedulePayment(world, id);
  return checkout;
}

function schedulePayment(world: World, id: string): void {
  world.scheduler.soon({ kind: "checkout.pay", checkout_id: id }, world.options.paymentDelayMs);
}

/** The payer's bank has asked and was answered. */
export function authenticateCheckout(world: World, id: string, approved: boolean): CheckoutDoc {
  const checkout = world.checkouts.need(id);
  if (checkout.status !== "confirmed" || !checkout.requires_action) return checkout;
  if (!approved) return reopen(world, id, REJECTED);
  const approvedCheckout = world.checkouts.patch(id, { requires_action: false });
  schedulePayment(world, id);
  return approvedCheckout;
}

function reopen(world: World, id: string, error: string): CheckoutDoc {
  for (const redemption of world.redemptions.where("checkout_id", id))
    world.redemptions.remove(redemption.id);
  return updateCheckout(world, id, {
    status: "open",
    card: null,
    requires_action: false,
    payment_error: error,
    intent: null,
  });
}

/** Charges the card of a confirmed checkout, and gives what was bought; a decline opens it again. */
export function payCheckout(world: World, id: string): void {
  const checkout = world.checkouts.need(id);
  if (checkout.status !== "confirmed" || checkout.requires_action || !checkout.customer_id) return;
  const { card } = checkout;
  if (card && !cardPays(card, true)) {
    reopen(world, id, DECLINED);
    return;
  }
  const trial = checkoutTrial(world, checkout);
  const customer = world.customers.need(checkout.customer_id);
  world.customers.patch(customer.id, {
    card: card ? keepCard(world, customer.id, card).card : customer.card,
    trials: trial ? [...customer.trials, checkout.product_id] : customer.trials,
    modified_at: world.clock.tick(),
  });
  const product = world.products.need(checkout.product_id);
  let bought: SeatContainer;
  if (product.recurring_interval) {
    const subscription = startSubscription(world, checkout, customer.id);
    world.checkouts.patch(id, { subscription_id: subscription.id });
    for (const redemption of world.redemptions.where("checkout_id", id))
      world.redemptions.patch(redemption.id, { subscription_id: subscription.id });
    bought = { subscription };
  } else {
    const order = placePaidOrder(world, {
      customer_id: customer.id,
      product_id: product.id,
      billing_reason: "purchase",
      lines: purchaseLines(product, currentPrices(product), {
        seats: checkout.seats,
        custom_amount: checkout.amount,
      }),
      amounts: checkoutOrderAmounts(checkout),
      checkout,
    });
    bought = { order };
  }
  // A seller with a page of their own gives the seats out there.
  if (checkout.seats !== null && !checkout.success_url) takeOwnSeat(world, bought);
  const succeeded = world.checkouts.patch(id, {
    status: "succeeded",
    card: null,
    modified_at: world.clock.tick(),
  });
  const success_event_ids = emitCheckout(world, "updated", succeeded);
  world.checkouts.patch(id, { success_event_ids });
  if (checkout.seats !== null) becomeTeam(world, customer.id);
}

/** A checkout that was never submitted is over after a day. */
export function expireCheckout(world: World, id: string): void {
  const checkout = world.checkouts.need(id);
  if (checkout.status !== "open" || checkout.expires_at > world.clock.now()) return;
  const expired = world.checkouts.patch(id, {
    status: "expired",
    modified_at: world.clock.tick(),
  });
  emitCheckout(world, "expired", expired);
}

/** A session of the customer portal, good for an hour. */
export function createSession(
  world: World,
  customerId: string,
  returnUrl: string | null,
): SessionDoc {
  const at = world.clock.tick();
  return world.sessions.put({
    id: newId(),
    created_at: at,
    modified_at: null,
    token: newToken("polar_cst_"),
    expires_at: addSeconds(at, SESSION_SECONDS),
    return_url: returnUrl,
    customer_id: customerId,
  });
}
