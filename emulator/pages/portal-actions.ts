import { cancelAtPeriodEnd } from "../engine/cancel.ts";
import { cardPays } from "../engine/cards.ts";
import { deactivateLicenseKey } from "../engine/license-key-use.ts";
import { rotateLicenseKey } from "../engine/license-keys.ts";
import { chooseCard, isLastNeeded, keepCard, removeCard } from "../engine/payment-methods.ts";
import { clearPendingUpdate } from "../engine/plan-change.ts";
import { notFound } from "../http/errors.ts";
import { parse } from "../http/schema.ts";
import { isCustomerAdmin } from "../resources/customer-portal/license-keys.ts";
import { changePortalPlan, uncancelOwn } from "../resources/customer-portal/subscriptions.ts";
import { cancellationReason } from "../resources/subscription-update.ts";
import type { CustomerDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { cardFromForm } from "./card-form.ts";

/** What an action came to, by which the page that follows says so. */
export type Outcome = keyof typeof NOTICES | keyof typeof CARD_ERRORS | keyof typeof REFUSALS;

export const NOTICES = {
  canceled: "Your subscription is canceled. You keep what you paid for until its period ends.",
  uncanceled: "Your subscription goes on.",
  changed: "Your plan is changed.",
  plan_kept: "You stay with your plan.",
  card_saved: "Your card is saved.",
  card_chosen: "This card is charged from now on.",
  card_removed: "The card is removed.",
  deactivated: "The place is free: you can activate the key somewhere else.",
  rotated: "You have a new key. The old one does not work any more.",
};

export const CARD_ERRORS = {
  card_invalid: "That card is not valid: check its number, expiry and CVC.",
  card_declined: "That card was declined. Your cards are unchanged.",
};

export const REFUSALS = {
  refused: "That is not possible now.",
  card_needed: "This card is still needed. Add another one first, or cancel your subscription.",
};

interface Action {
  world: World;
  customer: CustomerDoc;
  form: URLSearchParams;
}

function ownSubscription({ world, customer, form }: Action) {
  const found = world.subscriptions.get(form.get("subscription_id"));
  if (found?.customer_id !== customer.id) throw notFound();
  return found;
}

function ownKey({ world, customer, form }: Action) {
  const found = world.licenseKeys.get(form.get("license_key_id"));
  if (found?.customer_id !== customer.id) throw notFound();
  return found;
}

function ownCard({ world, customer, form }: Action) {
  const found = world.paymentMethods.get(form.get("payment_method_id"));
  if (found?.customer_id !== customer.id) throw notFound();
  return found;
}

function cancel(action: Action): Outcome {
  const { world, form } = action;
  const subscription = ownSubscription(action);
  const reason = form.get("customer_cancellation_reason");
  cancelAtPeriodEnd(world, subscription.id, {
    reason: reason ? parse(cancellationReason, reason) : null,
    comment: form.get("customer_cancellation_comment")?.trim() || null,
  });
  return "canceled";
}

function saveNewCard({ world, customer, form }: Action): Outcome {
  const read = cardFromForm(world, form);
  if ("errors" in read || !read.card) return "card_invalid";
  const { card } = read;
  if (!cardPays(card, true)) return "card_declined";
  chooseCard(world, customer, keepCard(world, customer.id, card));
  return "card_saved";
}

function dropCard(action: Action): Outcome {
  const { world, customer } = action;
  const method = ownCard(action);
  if (isLastNeeded(world, customer, method)) return "card_needed";
  removeCard(world, customer, method);
  return "card_removed";
}

function deactivate(action: Action): Outcome {
  const { world, form } = action;
  const key = ownKey(action);
  if (!isCustomerAdmin(world, key)) throw notFound();
  deactivateLicenseKey(world, key, form.get("activation_id") ?? "");
  return "deactivated";
}

/** What can be asked for in the portal. A refusal is thrown as an ApiError. */
const ACTIONS = {
  cancel,
  uncancel(action) {
    uncancelOwn(action.world, ownSubscription(action));
    return "uncanceled";
  },
  change_plan(action) {
    const productId = action.form.get("product_id") ?? "";
    changePortalPlan(action.world, ownSubscription(action), productId);
    return "changed";
  },
  keep_plan(action) {
    clearPendingUpdate(action.world, ownSubscription(action).id);
    return "plan_kept";
  },
  set_card: saveNewCard,
  choose_card(action) {
    chooseCard(action.world, action.customer, ownCard(action));
    return "card_chosen";
  },
  remove_card: dropCard,
  deactivate,
  rotate_key(action) {
    rotateLicenseKey(action.world, ownKey(action));
    return "rotated";
  },
} satisfies Record<string, (action: Action) => Outcome>;

export type PortalAction = keyof typeof ACTIONS;

function isAction(name: string): name is PortalAction {
  return Object.hasOwn(ACTIONS, name);
}

/** Does what a form of the portal asks for. @throws ApiError when that cannot be */
export function act(world: World, customer: CustomerDoc, form: URLSearchParams): Outcome {
  const name = form.get("action") ?? "";
  return isAction(name) ? ACTIONS[name]({ world, customer, form }) : "refused";
}
