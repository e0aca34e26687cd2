import { invalidValue, polarError } from "../http/errors.ts";
import { currentPrices } from "../serializers/product.ts";
import type { CardDoc, CheckoutDoc, CustomerDoc, DiscountDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { discountByCode, isRedeemable, isUsedUpBy, redeem, usableDiscount } from "./discounts.ts";
import { isFree } from "./prices.ts";

/** Polar's refusals of a discount: told of the field, but with the id as input, if there is one. */
function usable(
  world: World,
  checkout: CheckoutDoc,
  discount: DiscountDoc | undefined,
  field: "discount_id" | "discount_code",
  input: string | null,
): string {
  const refuse = (msg: string) => invalidValue(["body", field], msg, input);
  if (currentPrices(world.products.need(checkout.product_id)).every(isFree))
    throw refuse("Discounts are not applicable to this product.");
  const found = usableDiscount(world, discount, checkout.product_id);
  if (!found) throw refuse("Discount does not exist.");
  return found.id;
}

/** The id of a discount that the checkout can have. @throws ApiError 422 */
export function discountOfId(world: World, checkout: CheckoutDoc, id: string): string {
  return usable(world, checkout, world.discounts.get(id), "discount_id", id);
}

/** The id of the discount of a code that the checkout can have. @throws ApiError 422 */
export function discountOfCode(world: World, checkout: CheckoutDoc, code: string): string {
  return usable(world, checkout, discountByCode(world, code), "discount_code", null);
}

/** Refuses a discount that this buyer has used up. @throws ApiError 403 */
export function refuseUsedUp(world: World, checkout: CheckoutDoc, card: CardDoc | null): void {
  const discount = world.discounts.get(checkout.discount_id);
  const customer = world.customers.get(checkout.customer_id);
  const buyer = { customer, email: checkout.customer_email, card };
  if (discount && isUsedUpBy(world, discount, buyer, checkout.id))
    throw polarError(
      403,
      "DiscountRedemptionLimitReached",
      "You have already redeemed this discount the maximum number of times allowed per customer.",
    );
}

/** Refuses a discount whose time is over, or that others have used up meanwhile. @throws ApiError 422 */
export function requireRedeemable(world: World, checkout: CheckoutDoc): void {
  const discount = world.discounts.get(checkout.discount_id);
  if (discount && !isRedeemable(world, discount))
    throw invalidValue(
      ["body", "discount_id"],
      "Discount is no longer redeemable.",
      checkout.discount_id,
    );
}

/** Uses the checkout's discount, until its payment fails. */
export function redeemAtCheckout(world: World, checkout: CheckoutDoc, customer: CustomerDoc): void {
  if (!checkout.discount_id) return;
  redeem(world, {
    discount_id: checkout.discount_id,
    checkout_id: checkout.id,
    customer_id: customer.id,
    card_number: checkout.card?.number ?? null,
  });
}
