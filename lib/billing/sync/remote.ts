import "server-only";
import { type models, polar } from "@/lib/polar";
import { catalogKey } from "../catalog-key";

/** What Polar holds of the catalog, by key. Objects without a key are nobody's business here. */
export type Remote = {
  meters: Map<string, models.Meter>;
  benefits: Map<string, models.Benefit>;
  products: Map<string, models.Product>;
  endpoints: models.WebhookEndpoint[];
};

async function byKey<T extends { metadata: Record<string, unknown> }>(
  items: AsyncIterable<T>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for await (const item of items) {
    const key = catalogKey(item);
    if (key && !found.has(key)) found.set(key, item);
  }
  return found;
}

/** Reads all of it from Polar's list endpoints. */
export async function readRemote(): Promise<Remote> {
  const endpoints: models.WebhookEndpoint[] = [];
  for await (const endpoint of polar().webhooks.iterListWebhookEndpoints({ limit: 100 }))
    endpoints.push(endpoint);
  return {
    meters: await byKey(polar().meters.iterList({ limit: 100 })),
    benefits: await byKey(polar().benefits.iterList({ limit: 100 })),
    products: await byKey(polar().products.iterList({ limit: 100 })),
    endpoints,
  };
}
