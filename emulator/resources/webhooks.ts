import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryQueue } from "../deliveries/queue.ts";
import { newSecret } from "../deliveries/signing.ts";
import { notEmulated, notFound } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
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
import { serializeDelivery, serializeEndpoint } from "../serializers/webhook.ts";
import type { DeliveryDoc, EndpointDoc, WebhookEventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** Every type that Polar has. */
export const WEBHOOK_TYPES = [
  "checkout.created",
  "checkout.updated",
  "checkout.expired",
  "customer.created",
  "customer.updated",
  "customer.deleted",
  "customer.state_changed",
  "customer_seat.assigned",
  "customer_seat.claimed",
  "customer_seat.revoked",
  "member.created",
  "member.updated",
  "member.deleted",
  "order.created",
  "order.updated",
  "order.paid",
  "order.refunded",
  "subscription.created",
  "subscription.updated",
  "subscription.active",
  "subscription.canceled",
  "subscription.uncanceled",
  "subscription.cycled",
  "subscription.revoked",
  "subscription.past_due",
  "subscription.paused",
  "subscription.resumed",
  "subscription.migrated",
  "refund.created",
  "refund.updated",
  "product.created",
  "product.updated",
  "discount.created",
  "discount.updated",
  "discount.deleted",
  "benefit.created",
  "benefit.updated",
  "benefit_grant.created",
  "benefit_grant.updated",
  "benefit_grant.cycled",
  "benefit_grant.revoked",
  "organization.updated",
] as const satisfies readonly models.WebhookEventType[];

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

function eventOf(world: World, delivery: DeliveryDoc): WebhookEventDoc {
  return world.webhookEvents.need(delivery.webhook_event_id);
}

/** The routes of webhook endpoints and their deliveries; redelivering needs the queue. */
export function webhookRoutes(queue: DeliveryQueue): Routes {
  return {
    "GET /v1/webhooks/endpoints": ({ world, query }) =>
      paginate(
        world.endpoints
          .all()
          .filter((endpoint) => !endpoint.deleted)
          .reverse(),
        query,
        serializeEndpoint,
      ),
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
    "GET /v1/webhooks/deliveries": ({ world, query }) =>
      paginate(
        filterBy(world.deliveries.all(), query, {
          endpoint_id: among(uuid(), ({ endpoint_id }) => endpoint_id),
          succeeded: given(boolean(), ({ succeeded }, wanted) => succeeded === wanted),
          event_type: among<DeliveryDoc, string>(
            oneOf(...WEBHOOK_TYPES),
            (delivery) => eventOf(world, delivery).type,
          ),
        }).reverse(),
        query,
        (delivery) => serializeDelivery(world, delivery),
      ),
    "POST /v1/webhooks/events/{id}/redeliver": ({ world, params }) => {
      const event = world.webhookEvents.get(params.id);
      if (!event) throw notFound();
      queue.redeliver(event);
      return new Reply(202, null);
    },
  };
}
