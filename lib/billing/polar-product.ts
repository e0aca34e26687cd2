import "server-only";
import { eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { products } from "@/db/schema";
import { type CatalogProduct, findProduct } from "./catalog";

/**
 * The catalog's product of one of Polar's, by Polar's id; undefined where the mirror or the catalog does not know it.
 */
export async function productOf(
  executor: Executor,
  polarId: string,
): Promise<CatalogProduct | undefined> {
  const [row] = await executor
    .select({ key: products.key })
    .from(products)
    .where(eq(products.id, polarId));
  return findProduct(row?.key);
}
