import "server-only";
import { revalidateTag, unstable_cache } from "next/cache";
import { logger } from "@/lib/observability/logger";
import { polar } from "@/lib/polar";
import { catalogKey } from "./catalog-key";
import { catalogPricing, mapPricing, type Pricing } from "./catalog-pricing";

const cacheTag = "products";

const readFromPolar = unstable_cache(
  async (): Promise<Record<string, { amount: number; currency: string }>> => {
    const { items } = await polar().products.list({ is_archived: false, limit: 100 });
    const found: Record<string, { amount: number; currency: string }> = {};
    for (const product of items) {
      const key = catalogKey(product);
      const fixed = product.prices.find(
        (price) => price.amount_type === "fixed" && !price.is_archived,
      );
      if (key && fixed?.amount_type === "fixed") {
        found[key] = { amount: fixed.price_amount, currency: fixed.price_currency };
      }
    }
    return found;
  },
  ["polar-products"],
  { revalidate: 300, tags: [cacheTag] },
);

/**
 * What each product costs: from Polar through a cache of five minutes, which product webhooks empty. While
 * Polar cannot be asked, the catalog's own prices.
 */
export async function getPricing(): Promise<Pricing> {
  let fromPolar: Record<string, { amount: number; currency: string }> | null = null;
  try {
    fromPolar = await readFromPolar();
  } catch (error) {
    logger.warn({ err: error }, "Prices come from the catalog: Polar could not be asked");
  }
  const found = fromPolar;
  if (!found) return catalogPricing;
  return mapPricing((price) => {
    const current = found[price.product];
    return current ? { ...price, ...current } : { ...price, available: false };
  });
}

/** Empties the cache of prices; the next visitor sees Polar's. */
export function forgetPricing(): void {
  revalidateTag(cacheTag, { expire: 0 });
}
