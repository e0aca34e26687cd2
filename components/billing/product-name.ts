import { type CatalogProduct, findProduct, planOf } from "@/lib/billing/catalog";

const rhythm = { month: "monthly", year: "yearly" } as const;

/** "Pro, yearly": a plan's product for people. A product that the catalog does not know is "another plan". */
export function productName(product: CatalogProduct | string | null): string {
  const found = typeof product === "string" ? findProduct(product) : product;
  if (!found?.plan || !found.interval) return found?.name ?? "another plan";
  return `${planOf(found.plan).name}, ${rhythm[found.interval]}`;
}
