import type { IncomingMessage } from "node:http";
import { authenticateCheckout, createSession } from "../engine/checkout.ts";
import { ApiError, notEmulated } from "../http/errors.ts";
import { readText } from "../http/read-body.ts";
import type { Answer } from "../http/server.ts";
import { serializeCheckout } from "../serializers/checkout.ts";
import type { CheckoutDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { choose } from "./checkout/choose.ts";
import { renderCheckout } from "./checkout/render.ts";
import { submit } from "./checkout/submit.ts";
import { messagePage } from "./message.ts";
import { answerOrderDocument } from "./order-documents.ts";
import { answerPortal } from "./portal-routes.ts";
import { redirect, respond } from "./respond.ts";

/** An undelivered webhook holds the payer back no longer than this, in milliseconds. */
const LONGEST_HOLD = 10_000;

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

function act(world: World, checkout: CheckoutDoc, form: URLSearchParams): Answer {
  const action = form.get("action");
  const { url } = serializeCheckout(world, checkout);
  if (action === "authenticate" || action === "fail_authentication") {
    authenticateCheckout(world, checkout.id, action === "authenticate");
    return redirect(url);
  }
  if (checkout.status !== "open") return redirect(url);
  if (action) return choose(world, checkout, action, form);
  return submit(world, checkout, form);
}

function refused(title: string, text: string, code: number): Answer {
  return respond(messagePage({ title, text }), "", code);
}

/**
 * The page as it is opened. One that was paid before the browser came back to it leads on, or waits for its
 * webhooks, exactly as one that is watched until then.
 */
function show(world: World, checkout: CheckoutDoc): Answer {
  if (checkout.status !== "succeeded" || !checkout.success_url)
    return renderCheckout(world, checkout);
  return isDone(world, checkout)
    ? redirect(destination(world, checkout))
    : renderCheckout(world, { ...checkout, status: "confirmed" });
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
    if (!form) return show(world, checkout);
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
  if (first === "invoices" && rest[0]) return await answerOrderDocument(world, "invoice", rest[0]);
  if (first === "receipts" && rest[0]) return await answerOrderDocument(world, "receipt", rest[0]);
  throw notEmulated(`${request.method} ${url.pathname}`);
}
