import "server-only";
import { env } from "@/lib/env";
import { type models, polar } from "@/lib/polar";
import { handledEvents } from "../sync/events";

/** What our endpoint is to be at Polar, and enabled. */
export const wantedEndpoint = {
  format: "raw",
  events: handledEvents,
  api_version: "2026-10",
} satisfies models.WebhookEndpointUpdate;

/** Where Polar is to deliver webhooks. */
export const webhookUrl = () => `${env().APP_URL}/api/webhooks/polar`;

/** Polar's endpoint that leads here, or null. @throws what Polar's API throws. */
export async function findEndpoint(): Promise<models.WebhookEndpoint | null> {
  const url = webhookUrl();
  for await (const endpoint of polar().webhooks.iterListWebhookEndpoints({ limit: 100 }))
    if (endpoint.url === url) return endpoint;
  return null;
}

/** In what an endpoint differs from what it is to be, a phrase each; nothing when it is right. */
export function endpointFaults(found: models.WebhookEndpoint): string[] {
  const { events, format, api_version } = wantedEndpoint;
  const missing = events.filter((event) => !found.events.includes(event));
  const unasked = found.events.filter((event) => !events.includes(event));
  return [
    ...(found.enabled ? [] : ["is disabled"]),
    ...(missing.length > 0 ? [`lacks the events ${missing.join(", ")}`] : []),
    ...(unasked.length > 0 ? [`is sent events that nothing handles: ${unasked.join(", ")}`] : []),
    ...(found.format === format ? [] : [`has the format ${found.format} instead of ${format}`]),
    ...(found.api_version === api_version
      ? []
      : [`has the API version ${found.api_version} instead of ${api_version}`]),
  ];
}
