import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { models } from "@polar-sh/sdk/2026-10";
import {
  authenticateCheckout,
  confirmCheckout,
  createSession,
  updateCheckout,
} from "../engine/checkout.ts";
import { ApiError, notEmulated } from "../http/errors.ts";
import { readText } from "../http/read-body.ts";
import type { Answer } from "../http/server.ts";
import { serializeCheckout } from "../serializers/checkout.ts";
import type { CheckoutDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { cardFromForm } from "./card-form.ts";
import { checkoutPage } from "./checkout.ts";
import { messagePage } from "./message.ts";
import { answerInvoice, answerPortal } from "./portal-routes.ts";
import { redirect, respond } from "./respond.ts";
import type { CheckoutPageView } from "./views.ts";

/** An undelivered webhook holds the payer back no longer than this, in milliseconds. */
const LONGEST_HOLD = 10_000;

type Extras = Partial<Pick<CheckoutPageView, "error" | "values" | "fieldErrors">>;

function renderCheckout(world: World, checkout: CheckoutDoc, extras: Extras = {}): Answer {
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
    fieldErrors: extras.fieldErrors ?? {},
  };
  const status = Object.keys(view.fieldErrors).length > 0 ? 422 : 200;
  return respond(checkoutPage(view), nonce, status);
}

/** Whether the payer may go back: paid, and the webhooks that tell of it have been tried. */
function isDone(world: World, checkout: CheckoutDoc): boolean {
  if (checkout.status === "confirmed") return false;
  const now = world.options.realNow();
  return checkout.success_event_ids.every((id) => {
    const event = world.webhookEvents.get(id);
    return (
      !event ||
      event.attempts > 0 ||
      event.skipped ||
      !world.endpoints.get(event.endpoint_id)?.enabled ||
      now - event.emitted_at > LONGEST_HOLD
    );
  });
}

function destination(world: World, checkout: CheckoutDoc): string {
  const own = serializeCheckout(world, checkout);
  if (checkout.status !== "succeeded" || !checkout.success_url || !checkout.customer_id)
    return own.url;
  const session = createSession(world, checkout.customer_id, checkout.return_url);
  const url = new URL(checkout.success_url);
  url.searchParams.set("customer_session_token", session.token);
  return url.href;
}

function status(world: World, checkout: CheckoutDoc): Answer {
  const done = isDone(world, checkout) || checkout.requires_action;
  const body = { done, redirect: done ? destination(world, checkout) : "" };
  return {
    status: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

function submit(world: World, checkout: CheckoutDoc, form: URLSearchParams): Answer {
  const text = (name: string) => form.get(name)?.trim() ?? "";
  const values = {
    email: checkout.customer_id ? (checkout.customer_email ?? "") : text("customer_email"),
    name: text("customer_name"),
    country: text("country"),
    cardNumber: text("card_number"),
  };
  const { is_payment_form_required } = serializeCheckout(world, checkout);
  const read = cardFromForm(world, form);
  const fieldErrors: CheckoutPageView["fieldErrors"] = "errors" in read ? { ...read.errors } : {};
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(values.email))
    fieldErrors.customer_email = "Enter an e-mail address.";
  if (is_payment_form_required && !values.name) fieldErrors.customer_name = "Enter a name.";
  if (!/^[A-Z]{2}$/.test(values.country)) fieldErrors.country = "Choose a country.";
  if ("errors" in read || Object.keys(fieldErrors).length > 0)
    return renderCheckout(world, checkout, { values, fieldErrors, error: null });
  const country = values.country as models.CountryAlpha2;
  confirmCheckout(world, checkout.id, {
    customer_email: values.email,
    ...(values.name ? { customer_name: values.name } : {}),
    customer_billing_address: {
      line1: null,
      line2: null,
      postal_code: null,
      city: null,
      state: null,
      country,
    },
    card: read.card,
  });
  return redirect(serializeCheckout(world, checkout).url);
}

function act(world: World, checkout: CheckoutDoc, form: URLSearchParams): Answer {
  const action = form.get("action");
  const { url } = serializeCheckout(world, checkout);
  if (action === "authenticate" || action === "fail_authentication") {
    authenticateCheckout(world, checkout.id, action === "authenticate");
    return redirect(url);
  }
  if (checkout.status !== "open") return redirect(url);
  if (action === "choose_product") {
    const product_id = form.get("product_id") ?? "";
    if (checkout.product_ids.includes(product_id) && product_id !== checkout.product_id)
      updateCheckout(world, checkout.id, { product_id });
    return redirect(url);
  }
  return submit(world, checkout, form);
}

function refused(title: string, text: string, code: number): Answer {
  return respond(messagePage({ title, text }), "", code);
}

async function answerCheckout(
  world: World,
  request: IncomingMessage,
  [secret = "", rest]: string[],
): Promise<Answer> {
  const find = () => world.checkouts.where("client_secret", secret)[0];
  if (!find())
    return refused("No such checkout", "This link is not complete, or its checkout is gone.", 404);
  const form = request.method === "POST" ? new URLSearchParams(await readText(request)) : null;
  return world.store.transaction(() => {
    const checkout = find();
    if (!checkout) return refused("No such checkout", "Its checkout is gone.", 404);
    if (rest === "status") return status(world, checkout);
    if (!form) return renderCheckout(world, checkout);
    try {
      return act(world, checkout, form);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { detail } = error.body as { detail?: unknown };
      const text = typeof detail === "string" ? detail : "Please check what you have entered.";
      return renderCheckout(world, world.checkouts.need(checkout.id), { error: text });
    }
  });
}

/** Answers for the pages that people see: the hosted checkout, the customer portal, invoices. */
export async function answerPage(
  world: World,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const [first, ...rest] = url.pathname.split("/").filter(Boolean);
  if (first === undefined)
    return respond(messagePage({ title: "Local Polar", text: "Its console is switched off." }), "");
  if (first === "checkout" && rest.length > 0) return await answerCheckout(world, request, rest);
  if (first === "portal") return await answerPortal(world, request, url);
  if (first === "invoices" && rest[0]) return answerInvoice(world, rest[0]);
  throw notEmulated(`${request.method} ${url.pathname}`);
}
