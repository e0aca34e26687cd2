import type { models } from "@polar-sh/sdk/2026-10";
import { redemptionsOf } from "../engine/discounts.ts";
import type { DiscountDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeProductBase } from "./product.ts";

/** How much a discount takes off. The single amount is for clients that know one currency only. */
function value(discount: DiscountDoc) {
  if (discount.type === "percentage")
    return { type: discount.type, basis_points: discount.basis_points };
  const [first] = Object.entries(discount.amounts);
  const [currency = "usd", amount = 0] = first ?? [];
  return { type: discount.type, amount, currency, amounts: discount.amounts };
}

/** How long it does so. */
function duration({ duration, duration_in_months }: DiscountDoc) {
  return duration_in_months === null ? { duration } : { duration, duration_in_months };
}

/** A discount as the one who pays sees it at a checkout. */
export function serializeCheckoutDiscount(
  discount: DiscountDoc,
): NonNullable<models.Checkout["discount"]> {
  const { id, name, code } = discount;
  return { ...duration(discount), ...value(discount), id, name, code };
}

/** A discount without its products, as orders and subscriptions carry it. */
export function serializeDiscountBase(
  world: World,
  discount: DiscountDoc,
): NonNullable<models.Order["discount"]> {
  return {
    ...serializeCheckoutDiscount(discount),
    created_at: discount.created_at,
    modified_at: discount.modified_at,
    metadata: discount.metadata,
    starts_at: discount.starts_at,
    ends_at: discount.ends_at,
    max_redemptions: discount.max_redemptions,
    max_redemptions_per_customer: discount.max_redemptions_per_customer,
    redemptions_count: redemptionsOf(world, discount.id).length,
    organization_id: discount.organization_id,
  };
}

export function serializeDiscount(world: World, discount: DiscountDoc): models.Discount {
  return {
    ...serializeDiscountBase(world, discount),
    products: discount.product_ids.map((id) => {
      const product = world.products.need(id);
      return { ...serializeProductBase(product), metadata: product.metadata };
    }),
  };
}
