import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { models } from "@polar-sh/sdk/2026-10";
import { cardPays } from "../engine/cards.ts";
import { updateCustomer } from "../engine/customers.ts";
import { clearPendingUpdate } from "../engine/plan-change.ts";
import { cancelAtPeriodEnd, uncancel } from "../engine/subscriptions.ts";
import { ApiError } from "../http/errors.ts";
import { readText } from "../http/read-body.ts";
import { parse } from "../http/schema.ts";
import type { Answer } from "../http/server.ts";
import { documentUrl } from "../resources/order-documents.ts";
import { cancellationReason, changeOwnPlan, refuseCanceled } from "../resources/subscriptions.ts";
import { serializeCustomer } from "../serializers/customer.ts";
import { serializeCustomerMeter } from "../serializers/customer-meter.ts";
import { serializeOrder } from "../serializers/order.ts";
import { serializeProduct } from "../serializers/product.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { SessionDoc, SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { cardFromForm } from "./card-form.ts";
import { messagePage } from "./message.ts";
import { portalPage } from "./portal.ts";
import { redirect, respond } from "./respond.ts";

function portalPath(session: SessionDoc, outcome: string): string {
  const query = new URLSearchParams({ customer_session_token: session.token, outcome });
  return `/portal?${query}`;
}

const NOTICES: Record<string, string> = {
  canceled: "Your subscription is canceled. You keep what you paid for until its period ends.",
  uncanceled: "Your subscription goes on.",
  changed: "Your plan is changed.",
  plan_kept: "You stay with your plan.",
  card_saved: "Your card is saved.",
};

const CARD_ERRORS: Record<string, string> = {
  card_invalid: "That card is not valid: check its number, expiry and CVC.",
  card_declined: "That card was declined. Your card is unchanged.",
};

/** The plans that a subscription may be changed to: those on sale, unless the organization keeps that off. */
function plansOf(world: World): models.Product[] {
  if (!world.organization.customer_portal_settings.subscription.update_plan) return [];
  return world.products
    .all()
    .filter(({ recurring_interval }) => recurring_interval !== null)
    .filter(({ is_archived, visibility }) => !is_archived && visibility === "public")
    .map((product) => serializeProduct(world, product));
}

function render(world: World, session: SessionDoc, outcome: string): Answer {
  const nonce = randomBytes(16).toString("base64");
  const customer = world.customers.need(session.customer_id);
  const mine = <T extends { created_at: string }>(documents: T[]) =>
    documents.sort((a, b) => b.created_at.localeCompare(a.created_at));
  const view = {
    nonce,
    token: session.token,
    organizationName: world.organization.name,
    customer: serializeCustomer(customer),
    returnUrl: session.return_url,
    notice: NOTICES[outcome] ?? null,
    error: CARD_ERRORS[outcome] ?? null,
    refusal: outcome === "refused" ? "That is not possible for this subscription." : null,
    subscriptions: mine(world.subscriptions.where("customer_id", customer.id)).map((each) =>
      serializeSubscription(world, each),
    ),
    orders: mine(world.orders.where("customer_id", customer.id)).map((each) =>
      serializeOrder(world, each),
    ),
    plans: plansOf(world),
    prorationBehavior: world.organization.proration_behavior,
    meters: world.customerMeters
      .where("customer_id", customer.id)
      .map((each) => serializeCustomerMeter(world, each)),
    card: customer.card,
    now: world.clock.now(),
    invoiceUrl: (orderId: string) => documentUrl(world, "invoices", orderId),
  };
  return respond(portalPage(view), nonce);
}

function ownSubscription(world: World, session: SessionDoc, form: URLSearchParams) {
  const found = world.subscriptions.get(form.get("subscription_id"));
  return found?.customer_id === session.customer_id ? found : undefined;
}

function cancel(world: World, subscription: SubscriptionDoc, form: URLSearchParams): string {
  refuseCanceled(subscription, false);
  const reason = form.get("customer_cancellation_reason");
  cancelAtPeriodEnd(world, subscription.id, {
    reason: reason ? parse(cancellationReason, reason) : null,
    comment: form.get("customer_cancellation_comment")?.trim() || null,
  });
  return "canceled";
}

function saveCard(world: World, session: SessionDoc, form: URLSearchParams): string {
  const read = cardFromForm(world, form);
  if ("errors" in read || !read.card) return "card_invalid";
  if (!cardPays(read.card, true)) return "card_declined";
  updateCustomer(world, session.customer_id, { card: read.card });
  return "card_saved";
}

/** Does what the portal was asked for and returns the outcome to tell. */
function act(world: World, session: SessionDoc, form: URLSearchParams): string {
  const action = form.get("action");
  if (action === "set_card") return saveCard(world, session, form);
  const subscription = ownSubscription(world, session, form);
  if (!subscription) return "refused";
  if (action === "cancel") return cancel(world, subscription, form);
  if (action === "change_plan") {
    const { proration_behavior } = world.organization;
    changeOwnPlan(world, subscription, form.get("product_id") ?? "", proration_behavior);
    return "changed";
  }
  if (action === "keep_plan") {
    clearPendingUpdate(world, subscription.id);
    return "plan_kept";
  }
  if (action !== "uncancel" || subscription.ended_at || !subscription.cancel_at_period_end)
    return "refused";
  uncancel(world, subscription.id);
  return "uncanceled";
}

function expired(): Answer {
  const text = "Links to the portal are good for an hour. Open it again from where you came from.";
  return respond(messagePage({ title: "This link is no longer good", text }), "", 401);
}

/** Answers for the customer portal, to whoever holds a customer session's token. */
export async function answerPortal(
  world: World,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const form = request.method === "POST" ? new URLSearchParams(await readText(request)) : null;
  const token = (form ?? url.searchParams).get("customer_session_token") ?? "";
  const [session] = world.sessions.where("token", token);
  if (!session || session.expires_at < world.clock.now()) return expired();
  if (!form) return render(world, session, url.searchParams.get("outcome") ?? "");
  return world.store.transaction(() => {
    try {
      return redirect(portalPath(session, act(world, session, form)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return redirect(portalPath(session, "refused"));
    }
  });
}
