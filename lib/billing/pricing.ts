import "server-only";
import { sql } from "drizzle-orm";
import { unstable_cache } from "next/cache";
import { db } from "@/db/client";
import { products } from "@/db/schema";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { polar } from "@/lib/polar";
import { catalogKey } from "./catalog-key";
import { catalogPricing, mapPricing, type Pricing } from "./catalog-pricing";

/**
 * Another for every Polar, whose prices may be on the disk still, and for every change of a product that it has told
 * of, to whichever process. The cache is each process's own, and so is what empties it; the database is everybody's.
 */
async function catalogVersion(): Promise<string> {
  const { POLAR_API_URL, POLAR_ENVIRONMENT } = env();
  const [row] = await db()
    .select({
      version: sql<string>`coalesce(md5(string_agg(
        concat_ws(' ', ${products.id}, ${products.versionAt}, ${products.observedAt}),
        ',' order by ${products.id})), '')`,
    })
    .from(products);
  return `${POLAR_API_URL ?? POLAR_ENVIRONMENT} ${row?.version}`;
}

const readFromPolar = unstable_cache(
  async (_version: string): Promise<Record<string, { amount: number; currency: string }>> => {
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
  { revalidate: 300 },
);

/**
 * What each product costs: from Polar through a cache of five minutes, which a product's webhook ends in every process.
 * While Polar or the database cannot be asked, the catalog's own prices.
 */
export async function getPricing(): Promise<Pricing> {
  let fromPolar: Record<string, { amount: number; currency: string }> | null = null;
  try {
    fromPolar = await readFromPolar(await catalogVersion());
  } catch (error) {
    logger.warn({ err: error }, "Prices come from the catalog: Polar's could not be read");
  }
  const found = fromPolar;
  if (!found) return catalogPricing;
  return mapPricing((price) => {
    const current = found[price.product];
    return current ? { ...price, ...current } : { ...price, available: false };
  });
}
