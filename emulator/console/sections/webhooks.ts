import { type SentRequest, sentRequestKey } from "../../deliveries/attempt.ts";
import { isWaiting } from "../../deliveries/waiting.ts";
import { notFound } from "../../http/errors.ts";
import { type Html, html } from "../../pages/html.ts";
import type { DeliveryDoc, WebhookEventDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { objectLink } from "../parts/links.ts";
import { type Listing, listView } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { facts, momentText, pill, type Tone, textPanel } from "../parts/text.ts";

const STATES: Record<string, Tone> = {
  delivered: "good",
  waiting: "warn",
  retrying: "warn",
  failed: "bad",
  skipped: "plain",
};

/** How a webhook stands. */
export function stateOf({ succeeded, skipped, attempts }: WebhookEventDoc): string {
  if (succeeded === true) return "delivered";
  if (skipped) return "skipped";
  if (succeeded === false) return "failed";
  return attempts > 0 ? "retrying" : "waiting";
}

function statePill(event: WebhookEventDoc): Html {
  const state = stateOf(event);
  return pill(state, STATES[state] ?? "plain");
}

/** An endpoint's address without its scheme, as a link. */
function endpointLink(world: World, id: string): Html {
  const { url } = world.endpoints.need(id);
  return objectLink("endpoints", id, url.replace(/^https?:\/\//, ""));
}

export const webhooks: Listing<WebhookEventDoc> = {
  path: "webhooks",
  title: "Webhooks",
  noun: "webhooks",
  all: (world) => world.webhookEvents.all(),
  text: (world, { id, type }) => [type, world.store.getText(id)],
  columns: (world) => [
    { head: "Type", cell: ({ id, type }) => objectLink("webhooks", id, type) },
    { head: "State", cell: statePill },
    { head: "Attempts", wide: true, figures: true, cell: ({ attempts }) => attempts },
    {
      head: "Answer",
      wide: true,
      figures: true,
      cell: ({ last_http_code }) => last_http_code ?? "–",
    },
    { head: "Endpoint", wide: true, cell: ({ endpoint_id }) => endpointLink(world, endpoint_id) },
    { head: "Emitted", wide: "phone", cell: ({ created_at }) => momentText(created_at) },
  ],
  filters: [
    {
      name: "type",
      label: "Type",
      options: (world) =>
        [...new Set(world.webhookEvents.all().map(({ type }) => type))]
          .sort()
          .map((type) => [type, type] as const),
      matches: (_world, { type }, value) => type === value,
    },
    {
      name: "state",
      label: "State",
      options: () => Object.keys(STATES).map((state) => [state, state] as const),
      matches: (_world, event, value) => stateOf(event) === value,
    },
    {
      name: "endpoint",
      label: "Endpoint",
      options: (world) => world.endpoints.all().map(({ id, url }) => [id, url] as const),
      matches: (_world, { endpoint_id }, value) => endpoint_id === value,
    },
  ],
};

function isSentRequest(value: unknown): value is SentRequest {
  return typeof value === "object" && value !== null && "headers" in value && "faults" in value;
}

function readSent(world: World, delivery: DeliveryDoc): SentRequest | null {
  const read: unknown = JSON.parse(world.store.getText(sentRequestKey(delivery.id)) ?? "null");
  return isSentRequest(read) ? read : null;
}

function requestText({ url, headers }: SentRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${url}`, ...lines].join("\n");
}

function attemptPart(world: World, delivery: DeliveryDoc, number: number): Html {
  const sent = readSent(world, delivery);
  const answer = world.store.getText(delivery.id) ?? "";
  const { succeeded, http_code, duration } = delivery;
  return html`<li class="panel attempt" id="attempt-${delivery.id}">
    <div class="row">
      <h3>Attempt ${number}</h3>
      ${pill(http_code === null ? "no answer" : String(http_code), succeeded ? "good" : "bad")}
    </div>
    <p class="note">${momentText(delivery.created_at)} · ${duration} ms${
      sent && sent.faults.length > 0
        ? ` · by a fault: ${sent.faults.join(", ").replaceAll("_", " ")}`
        : ""
    }</p>
    ${sent && textPanel("Request headers", requestText(sent), false)}
    ${
      answer === ""
        ? html`<p class="note">The answer had no body.</p>`
        : textPanel(http_code === null ? "Why there is no answer" : "Response body", answer)
    }
  </li>`;
}

function bodyText(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}

function show(context: Console, id: string) {
  const { world } = context;
  const event = world.webhookEvents.get(id);
  if (!event) return null;
  const attempts = world.deliveries.where("webhook_event_id", id);
  const payload = world.store.getText(id) ?? "null";
  const next = isWaiting(event) ? event.next_attempt_at : null;
  return objectView({
    title: event.type,
    id,
    kind: "Webhook",
    status: statePill(event),
    actions: actionBar([
      actionButton(`/console/webhooks/${id}`, {
        name: "redeliver",
        label: "Redeliver",
        tone: "primary",
      }),
    ]),
    facts: facts([
      ["Endpoint", endpointLink(world, event.endpoint_id)],
      ["Emitted", momentText(event.created_at)],
      ["Attempts", String(event.attempts)],
      [
        "Next attempt",
        next !== null && event.attempts > 0
          ? `${new Date(next).toISOString().slice(11, 19)} UTC, real time`
          : null,
      ],
    ]),
    parts: [
      html`<section>
        <h2>Attempts</h2>
        ${
          attempts.length > 0
            ? html`<ul class="stack">${attempts
                .map((attempt, index) => attemptPart(world, attempt, index + 1))
                .reverse()}</ul>`
            : html`<p class="panel empty">It has not been sent yet.</p>`
        }
      </section>`,
    ],
    source: html`${textPanel("Request body, the same in every attempt", bodyText(payload))}
    ${textPanel("As it is sent, byte for byte", payload, false)}`,
  });
}

function act(context: Console, id: string | null, form: URLSearchParams): Outcome {
  const event = context.world.webhookEvents.get(id);
  if (!event) throw notFound();
  if (form.get("action") !== "redeliver") throw unknownAction();
  context.call("POST", `/v1/webhooks/events/${event.id}/redeliver`);
  return { text: "It is sent once more, with the same id and body." };
}

export const webhooksSection: Section = {
  path: "webhooks",
  title: "Webhooks",
  list: ({ world }, query) => listView(world, webhooks, query),
  show,
  act,
};
