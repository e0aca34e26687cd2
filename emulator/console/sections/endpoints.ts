import { notFound } from "../../http/errors.ts";
import { isRecord } from "../../http/schema.ts";
import { type Html, html } from "../../pages/html.ts";
import { inputField, selectField } from "../../pages/parts/field.ts";
import { WEBHOOK_TYPES } from "../../resources/webhook-types.ts";
import type { EndpointDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { objectLink } from "../parts/links.ts";
import { type Listing, listView, related } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { facts, jsonPanel, momentText, statusPill } from "../parts/text.ts";
import { webhooks } from "./webhooks.ts";

/** What can be sent as a test whatever has happened before. */
const ALWAYS = "organization.updated";

function statusOf({ enabled, deleted }: EndpointDoc): Html {
  return statusPill(deleted ? "deleted" : enabled ? "enabled" : "disabled");
}

const endpoints: Listing<EndpointDoc> = {
  path: "endpoints",
  title: "Endpoints",
  noun: "endpoints",
  all: (world) => world.endpoints.all(),
  text: (_world, { url, name }) => [url, name],
  columns: (world) => [
    { head: "Address", cell: ({ id, url }) => objectLink("endpoints", id, url) },
    { head: "State", cell: statusOf },
    { head: "Key", wide: true, cell: ({ encoding }) => encoding },
    { head: "Types", wide: true, figures: true, cell: ({ events }) => events.length },
    {
      head: "Webhooks",
      wide: true,
      figures: true,
      cell: ({ id }) => world.webhookEvents.where("endpoint_id", id).length,
    },
  ],
};

function newEndpoint(): Html {
  return html`<details class="panel fold">
    <summary>New endpoint</summary>
    <form method="post" action="/console/endpoints">
      <input type="hidden" name="action" value="create">
      ${inputField({
        id: "url",
        name: "url",
        label: "Address, which gets every type of webhook",
        control: { type: "url", required: true, placeholder: "http://localhost:3000/webhooks" },
      })}
      <button class="quiet">Make endpoint</button>
    </form>
  </details>`;
}

function testForm(world: World, { id }: EndpointDoc): Html {
  const known = new Set(world.webhookEvents.all().map(({ type }) => type));
  const types = WEBHOOK_TYPES.filter((type) => type === ALWAYS || known.has(type));
  return html`<form class="panel inline" method="post" action="/console/endpoints/${id}">
    <input type="hidden" name="action" value="test">
    ${selectField({
      id: "type",
      name: "type",
      label: "Test event, with the data of the last one of its type",
      options: types.map((type) => [type, type] as const),
      chosen: ALWAYS,
    })}
    <button class="quiet">Send test event</button>
  </form>`;
}

function show(context: Console, id: string) {
  const { world } = context;
  const endpoint = world.endpoints.get(id);
  if (!endpoint) return null;
  const here = `/console/endpoints/${id}`;
  const { enabled, deleted, encoding, secret } = endpoint;
  const other = encoding === "standard" ? "legacy" : "standard";
  return objectView({
    title: endpoint.url,
    id,
    kind: "Webhook endpoint",
    status: statusOf(endpoint),
    actions: deleted
      ? null
      : actionBar([
          enabled
            ? actionButton(here, { name: "disable", label: "Disable", tone: "danger" })
            : actionButton(here, { name: "enable", label: "Enable", tone: "primary" }),
          actionButton(here, { name: "encode", label: `Sign as ${other}`, fields: { as: other } }),
          actionButton(here, { name: "secret", label: "New secret" }),
        ]),
    facts: facts([
      ["Name", endpoint.name],
      [
        "Key",
        encoding === "standard"
          ? "standard: what follows whsec_, base64-decoded"
          : "legacy: the bytes of the whole secret",
      ],
      [
        "Secret",
        html`<details class="secret"><summary>Show</summary><code>${secret}</code></details>`,
      ],
      ["Version", endpoint.api_version],
      ["Types", String(endpoint.events.length)],
      ["Created", momentText(endpoint.created_at)],
    ]),
    parts: [
      deleted || !enabled ? null : testForm(world, endpoint),
      related(
        world,
        webhooks,
        world.webhookEvents.where("endpoint_id", id),
        "Endpoint",
        `endpoint=${id}`,
      ),
    ],
    source: jsonPanel("As the API shows it, without its secret", {
      ...withoutSecret(deleted ? endpoint : context.call("GET", `/v1/webhooks/endpoints/${id}`)),
    }),
  });
}

function withoutSecret(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) return {};
  return { ...value, secret: "whsec_…" };
}

/** Sends an endpoint an event of its own, with what the last one of the type told. */
function sendTest({ world }: Console, endpoint: EndpointDoc, type: string): Outcome {
  const last = world.webhookEvents.all().findLast((event) => event.type === type);
  const read: unknown = last ? JSON.parse(world.store.getText(last.id) ?? "null") : null;
  const told = isRecord(read) && isRecord(read.data) ? read.data : null;
  const data = type === ALWAYS ? { ...world.organization } : told;
  if (!data) throw notFound();
  world.store.transaction(() => world.emitter.emitTo(endpoint, type, data));
  return { text: `A test event ${type} is on its way.` };
}

function act(context: Console, id: string | null, form: URLSearchParams): Outcome {
  const action = form.get("action");
  if (id === null && action === "create") {
    const made = context.callFor("id", "POST", "/v1/webhooks/endpoints", {
      url: form.get("url") ?? "",
      format: "raw",
      events: WEBHOOK_TYPES,
    });
    return { text: "The endpoint is there.", href: `/console/endpoints/${made}` };
  }
  const endpoint = context.world.endpoints.get(id);
  if (!endpoint) throw notFound();
  const path = `/v1/webhooks/endpoints/${endpoint.id}`;
  switch (action) {
    case "enable":
      context.call("PATCH", path, { enabled: true });
      return { text: "It is enabled. What was skipped meanwhile can be redelivered." };
    case "disable":
      context.call("PATCH", path, { enabled: false });
      return { text: "It is disabled: nothing is sent to it." };
    case "encode": {
      const encoding = form.get("as") === "legacy" ? "legacy" : "standard";
      context.world.store.transaction(() =>
        context.world.endpoints.patch(endpoint.id, { encoding }),
      );
      return { text: `What is sent from now on is signed with the ${encoding} key.` };
    }
    case "secret":
      context.call("PATCH", `${path}/secret`);
      return { text: "It has a new secret, of the standard encoding." };
    case "test":
      return sendTest(context, endpoint, form.get("type") ?? "");
    default:
      throw unknownAction();
  }
}

export const endpointsSection: Section = {
  path: "endpoints",
  title: "Endpoints",
  list: ({ world }, query) => listView(world, endpoints, query, newEndpoint()),
  show,
  act,
};
