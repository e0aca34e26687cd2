import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryDoc, EndpointDoc, WebhookEventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

export function serializeEndpoint(endpoint: EndpointDoc): models.WebhookEndpoint {
  return {
    created_at: endpoint.created_at,
    modified_at: endpoint.modified_at,
    id: endpoint.id,
    url: endpoint.url,
    name: endpoint.name,
    api_version: endpoint.api_version,
    format: endpoint.format,
    secret: endpoint.secret,
    organization_id: endpoint.organization_id,
    events: endpoint.events,
    enabled: endpoint.enabled,
    uses_standard_webhook_signature: endpoint.encoding === "standard",
  };
}

export function serializeWebhookEvent(world: World, event: WebhookEventDoc): models.WebhookEvent {
  return {
    created_at: event.created_at,
    modified_at: event.modified_at,
    id: event.id,
    last_http_code: event.last_http_code,
    succeeded: event.succeeded,
    skipped: event.skipped,
    api_version: event.api_version,
    payload: world.store.getText(event.id),
    type: event.type as models.WebhookEventType,
    is_archived: false,
  };
}

export function serializeDelivery(world: World, delivery: DeliveryDoc): models.WebhookDelivery {
  return {
    created_at: delivery.created_at,
    modified_at: delivery.modified_at,
    id: delivery.id,
    succeeded: delivery.succeeded,
    http_code: delivery.http_code,
    response: world.store.getText(delivery.id),
    webhook_event: serializeWebhookEvent(
      world,
      world.webhookEvents.need(delivery.webhook_event_id),
    ),
  };
}
