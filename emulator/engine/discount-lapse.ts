import type { SubscriptionDoc } from "../store/documents.ts";
import type { Instant } from "../time.ts";
import type { World } from "../world.ts";
import { hasLapsed } from "./discounts.ts";

/**
 * A subscription's discount as of the period from `start` on: noted where it is used for the first time,
 * gone where its time is over.
 */
export function lapse<T extends Pick<SubscriptionDoc, "discount_id" | "discount_applied_at">>(
  world: World,
  terms: T,
  start: Instant,
): T {
  const discount = world.discounts.get(terms.discount_id);
  if (!discount) return terms;
  const applied = terms.discount_applied_at ?? start;
  return hasLapsed(discount, applied, start)
    ? { ...terms, discount_id: null, discount_applied_at: null }
    : { ...terms, discount_applied_at: applied };
}
