import { invalidValue } from "../http/errors.ts";
import { defined } from "../http/schema.ts";
import type { CheckoutDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { refuseSecondSubscription, requireOpen } from "./checkout.ts";
import { chosen, type Purchase } from "./checkout-amounts.ts";
import { discountOfCode, discountOfId } from "./checkout-discount.ts";

/** @throws ApiError 422 for a product that is none, or not sold any more. */
export function requireForSale(world: World, id: string, loc: (string | number)[]): void {
  const product = world.products.get(id);
  if (!product) throw invalidValue(loc, "Product does not exist.", id);
  if (product.is_archived) throw invalidValue(loc, "Product is archived.", id);
}

export type CheckoutChange = Partial<CheckoutDoc> &
  Purchase & { discount_code?: string | null | undefined };

/**
 * What a buyer's or the owner's update makes of an open checkout.
 *
 * @throws ApiError 422 for a choice that cannot be had, 403 and 410 for a checkout that is not open, 403
 * for a second subscription.
 */
export function changed(
  world: World,
  checkout: CheckoutDoc,
  change: CheckoutChange,
): Partial<CheckoutDoc> {
  requireOpen(checkout);
  const { product_id, amount, seats, discount_id, discount_code, ...fields } = change;
  if (product_id && !checkout.product_ids.includes(product_id))
    throw invalidValue(
      ["body", "product_id"],
      "Product is not available in this checkout.",
      product_id,
    );
  if (product_id) requireForSale(world, product_id, ["body", "product_id"]);
  const bought = {
    ...checkout,
    ...chosen(world, checkout, { product_id, amount, seats: seats ?? undefined }),
  };
  const { price_ids, discount_id: kept } = bought;
  const codeCounts = discount_code !== undefined && checkout.allow_discount_codes;
  const changes: Partial<CheckoutDoc> = {
    ...defined(fields),
    product_id: bought.product_id,
    price_ids,
    amount: bought.amount,
    seats: bought.seats,
    discount_id: discount_id
      ? discountOfId(world, bought, discount_id)
      : discount_id === null
        ? null
        : codeCounts
          ? discount_code && discountOfCode(world, bought, discount_code)
          : kept,
    ...(fields.success_url
      ? { success_url: fields.success_url.replaceAll("{CHECKOUT_ID}", checkout.id) }
      : {}),
  };
  refuseSecondSubscription(world, { ...checkout, ...changes });
  return changes;
}
