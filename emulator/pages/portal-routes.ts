import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { liveSession } from "../http/auth.ts";
import { ApiError } from "../http/errors.ts";
import { readText } from "../http/read-body.ts";
import type { Answer } from "../http/server.ts";
import type { SessionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { messagePage } from "./message.ts";
import { portalPage } from "./portal.ts";
import { act, CARD_ERRORS, NOTICES, type Outcome, REFUSALS } from "./portal-actions.ts";
import { portalView } from "./portal-view.ts";
import { redirect, respond } from "./respond.ts";

function portalPath(session: SessionDoc, outcome: Outcome): string {
  const query = new URLSearchParams({ customer_session_token: session.token, outcome });
  return `/portal?${query}`;
}

/** The words for an outcome, where these are the ones that tell of it. */
function wordsFor(words: Record<string, string>, outcome: string): string | null {
  return Object.hasOwn(words, outcome) ? (words[outcome] ?? null) : null;
}

function render(world: World, session: SessionDoc, outcome: string): Answer {
  const nonce = randomBytes(16).toString("base64");
  const view = portalView(world, session, {
    nonce,
    notice: wordsFor(NOTICES, outcome),
    error: wordsFor(CARD_ERRORS, outcome),
    refusal: wordsFor(REFUSALS, outcome),
  });
  return respond(portalPage(view), nonce);
}

function perform(world: World, session: SessionDoc, form: URLSearchParams): Outcome {
  try {
    const customer = world.customers.need(session.customer_id);
    return world.store.transaction(() => act(world, customer, form));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return "refused";
  }
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
  const session = liveSession(
    world,
    (form ?? url.searchParams).get("customer_session_token") ?? "",
  );
  if (!session) return expired();
  return form
    ? redirect(portalPath(session, perform(world, session, form)))
    : render(world, session, url.searchParams.get("outcome") ?? "");
}
