import { invalidValue } from "../http/errors.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { redeem, usableDiscount } from "./discounts.ts";
import { recurringAmount, subscriptionPrices } from "./subscription-prices.ts";

/**
 * Uses a discount for a subscription (of `productId` from then on); returns its id.
 *
 * @throws ApiError 422 for one that is not there, not for the product, used up, or applied already.
 */
export function redeemForSubscription(
  world: World,
  subscription: SubscriptionDoc,
  discountId: string,
  productId: string,
): string {
  const refuse = (msg: string) => invalidValue(["body", "discount_id"], msg, discountId);
  const discount = usableDiscount(world, world.discounts.get(discountId), productId);
  if (!discount)
    throw refuse(
      "Discount does not exist, is not applicable to this product or is not redeemable.",
    );
  if (discount.id === subscription.discount_id)
    throw refuse("This discount is already applied to the subscription.");
  redeem(world, {
    discount_id: discount.id,
    customer_id: subscription.customer_id,
    subscription_id: subscription.id,
  });
  return discount.id;
}

/** The fields of a subscription with another discount, or with none: from its next order on. */
export function withDiscount(
  world: World,
  subscription: SubscriptionDoc,
  discountId: string | null,
): Pick<SubscriptionDoc, "discount_id" | "discount_applied_at" | "amount"> {
  const discount_id =
    discountId && redeemForSubscription(world, subscription, discountId, subscription.product_id);
  const prices = subscriptionPrices(world, subscription);
  return {
    discount_id,
    discount_applied_at: null,
    amount: recurringAmount(world, prices, { ...subscription, discount_id }),
  };
}
