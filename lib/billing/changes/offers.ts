import "server-only";
import { db } from "@/db/client";
import { type CatalogProduct, catalogProducts } from "../catalog";
import type { ProductPrice } from "../catalog-pricing";
import { getPricing } from "../pricing";
import { type Estimate, estimateChange } from "./estimate";
import { findManaged, type ManagedSubscription } from "./managed";
import { targetsOf } from "./rules";

export type Offer = { product: CatalogProduct; price: ProductPrice; estimate: Estimate };

/** The workspace's subscription, live or paused; null when it has none. */
export async function getManaged(workspaceId: string): Promise<ManagedSubscription | null> {
  return await findManaged(db(), workspaceId);
}

/** What a subscription can be changed to, and what each would cost now; amounts as in `Estimate`. */
export async function offersFor(subscription: ManagedSubscription): Promise<Offer[]> {
  const { product: current } = subscription;
  if (!current) return [];
  const pricing = await getPricing();
  const now = new Date();
  return targetsOf(subscription, catalogProducts).map((product) => {
    const price = pricing[product.key];
    const estimate = estimateChange(
      { ...subscription, product: current },
      product,
      price.amount,
      now,
    );
    return { product, price, estimate };
  });
}
