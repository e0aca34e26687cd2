import "server-only";
import { revalidateTag, unstable_cache } from "next/cache";
import { logger } from "@/lib/observability/logger";
import { polar } from "@/lib/polar";
import { catalogProducts, currency, type ProductKey } from "./catalog";
import { catalogKey } from "./catalog-key";

/** A product's price without tax, in minor units of `currency`. */
export type ProductPrice = {
  product: ProductKey;
  amount: number;
  currency: string;
  available: boolean;
};

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
export async function getPricing(): Promise<Record<ProductKey, ProductPrice>> {
  let fromPolar: Record<string, { amount: number; currency: string }> | null = null;
  try {
    fromPolar = await readFromPolar();
  } catch (error) {
    logger.warn({ err: error }, "Prices come from the catalog: Polar could not be asked");
  }
  const prices = catalogProducts.map((product): ProductPrice => {
    const price = fromPolar?.[product.key];
    return {
      product: product.key,
      amount: price?.amount ?? product.amount,
      currency: price?.currency ?? currency,
      available: fromPolar === null || price !== undefined,
    };
  });
  return Object.fromEntries(prices.map((price) => [price.product, price])) as Record<
    ProductKey,
    ProductPrice
  >;
}

/** Empties the cache of prices; the next visitor sees Polar's. */
export function forgetPricing(): void {
  revalidateTag(cacheTag, { expire: 0 });
}
