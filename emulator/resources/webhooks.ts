import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryQueue } from "../deliveries/queue.ts";
import { newSecret } from "../deliveries/signing.ts";
import { notEmulated, notFound } from "../http/errors.ts";
import { among, filterBy } from "../http/filters.ts";
import { paginate } from "../http/pagination.ts";
import { type Call, created, Reply, type Routes } from "../http/router.ts";
import {
  array,
  boolean,
  defined,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  string,
  url,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { serializeEndpoint } from "../serializers/webhook.ts";
import type { EndpointDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { listDeliveries } from "./webhook-deliveries.ts";
import { WEBHOOK_TYPES } from "./webhook-types.ts";

const events = array(oneOf(...WEBHOOK_TYPES));
const version = oneOf("2026-04", "2026-10");
const format = oneOf("raw", "discord", "slack");

const endpointCreate = object({
  url: url(),
  name: nullish(string()),
  format,
  events,
  api_version: withDefault(version, "2026-10"),
});

const endpointUpdate = object({
  url: optional(url()),
  name: nullish(string()),
  format: optional(format),
  events: optional(events),
  api_version: optional(version),
  enabled: optional(boolean()),
});

function refuseChat(wanted: models.WebhookFormat | undefined): void {
  if (wanted && wanted !== "raw") throw notEmulated(`webhooks in the format of ${wanted}`);
}

function need(world: World, id: string | undefined): EndpointDoc {
  const endpoint = world.endpoints.get(id);
  if (!endpoint || endpoint.deleted) throw notFound();
  return endpoint;
}

function create({ world, body }: Call): Reply {
  const wanted = parse(endpointCreate, body);
  refuseChat(wanted.format);
  const endpoint = world.endpoints.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    url: wanted.url,
    name: wanted.name ?? null,
    api_version: wanted.api_version,
    format: wanted.format,
    secret: newSecret(),
    encoding: "standard",
    organization_id: world.organization.id,
    events: wanted.events,
    enabled: true,
    deleted: false,
  });
  return created(serializeEndpoint(endpoint));
}

function update({ world, params, body }: Call): models.WebhookEndpoint {
  const endpoint = need(world, params.id);
  const changes = parse(endpointUpdate, body);
  refuseChat(changes.format);
  return serializeEndpoint(
    world.endpoints.put({
      ...endpoint,
      ...defined(changes),
      modified_at: world.clock.tick(),
    }),
  );
}

/** The routes of webhook endpoints and their deliveries; redelivering needs the queue. */
export function webhookRoutes(queue: DeliveryQueue): Routes {
  return {
    "GET /v1/webhooks/endpoints": ({ world, query }) => {
      const kept = world.endpoints.all().filter((endpoint) => !endpoint.deleted);
      const found = filterBy(kept, query, {
        organization_id: among(uuid(), ({ organization_id }) => organization_id),
      });
      return paginate(found.reverse(), query, serializeEndpoint);
    },
    "POST /v1/webhooks/endpoints": create,
    "GET /v1/webhooks/endpoints/{id}": ({ world, params }) =>
      serializeEndpoint(need(world, params.id)),
    "PATCH /v1/webhooks/endpoints/{id}": update,
    "DELETE /v1/webhooks/endpoints/{id}": ({ world, params }) => {
      const { id } = need(world, params.id);
      world.endpoints.patch(id, { deleted: true, enabled: false });
      return new Reply(204);
    },
    "PATCH /v1/webhooks/endpoints/{id}/secret": ({ world, params }) => {
      const { id } = need(world, params.id);
      return serializeEndpoint(
        world.endpoints.patch(id, {
          secret: newSecret(),
          encoding: "standard",
          modified_at: world.clock.tick(),
        }),
      );
    },
    "GET /v1/webhooks/deliveries": listDeliveries,
    "POST /v1/webhooks/events/{id}/redeliver": ({ world, params }) => {
      const event = world.webhookEvents.get(params.id);
      if (!event) throw notFound();
      queue.redeliver(event);
      return new Reply(202, null);
    },
  };
}
