import { catalogProducts, currency, type ProductKey } from "./catalog";

/** A product's price without tax, in minor units of `currency`. */
export type ProductPrice = {
  product: ProductKey;
  amount: number;
  currency: string;
  available: boolean;
};

export type Pricing = Record<ProductKey, ProductPrice>;

/** The catalog's own prices: for pages made without asking Polar. */
export const catalogPricing = Object.fromEntries(
  catalogProducts.map(({ key, amount }) => [
    key,
    { product: key, amount, currency, available: true },
  ]),
) as Pricing;

/** The catalog's products with each price passed through `change`. */
export function mapPricing(change: (price: ProductPrice) => ProductPrice): Pricing {
  return Object.fromEntries(
    Object.values(catalogPricing).map((price) => [price.product, change(price)]),
  ) as Pricing;
}
