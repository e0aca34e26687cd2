import { newId } from "../ids.ts";
import type { CardDoc, CustomerDoc, DiscountDoc, RedemptionDoc } from "../store/documents.ts";
import { dayOfMonth, type Instant, nextPeriod } from "../time.ts";
import type { World } from "../world.ts";
import { roundHalfAway } from "./rounding.ts";

const CURRENCY = "usd";

/** What a discount takes off an amount, both in minor units. */
export function discountOn(discount: DiscountDoc | undefined, amount: number): number {
  if (!discount) return 0;
  if (discount.type === "fixed") return Math.min(discount.amounts[CURRENCY] ?? 0, amount);
  // A floating-point product, as Polar's: some halves fall a little short and are rounded down.
  return roundHalfAway(amount * (discount.basis_points / 10_000));
}

/**
 * What a discount takes off each of several amounts. A fixed one is shared out in proportion, the cents
 * that are left going to the largest remainders; a percentage is taken of each by itself.
 */
export function allocateDiscount(
  discount: DiscountDoc | undefined,
  amounts: readonly number[],
): number[] {
  if (discount?.type !== "fixed") return amounts.map((amount) => discountOn(discount, amount));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return amounts.map(() => 0);
  const whole = discountOn(discount, total);
  const shares = amounts.map((amount) => Math.floor((whole * amount) / total));
  const left = whole - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = amounts
    .map((amount, index) => ({ index, remainder: (whole * amount) % total }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

/** Whether a discount, first used for the period from `appliedAt` on, is over in the one from `start` on. */
export function hasLapsed(discount: DiscountDoc, appliedAt: Instant, start: Instant): boolean {
  if (discount.duration === "once") return start > appliedAt;
  if (discount.duration === "forever" || discount.duration_in_months === null) return false;
  const months = discount.duration_in_months - 1;
  const last =
    months === 0 ? appliedAt : nextPeriod(appliedAt, "month", months, dayOfMonth(appliedAt));
  return start > last;
}

/** Whether it is the time for a discount, and it was not used up. */
export function isRedeemable(world: World, discount: DiscountDoc): boolean {
  const now = world.clock.now();
  if (discount.starts_at && discount.starts_at > now) return false;
  if (discount.ends_at && discount.ends_at < now) return false;
  return (
    discount.max_redemptions === null ||
    redemptionsOf(world, discount.id).length < discount.max_redemptions
  );
}

export function redemptionsOf(world: World, discountId: string): RedemptionDoc[] {
  return world.redemptions.where("discount_id", discountId);
}

export function isFor(discount: DiscountDoc, productId: string): boolean {
  return discount.product_ids.length === 0 || discount.product_ids.includes(productId);
}

/** The discount of a code, in whatever case it was typed. */
export function discountByCode(world: World, code: string): DiscountDoc | undefined {
  const wanted = code.trim().toUpperCase();
  return world.discounts
    .all()
    .find((discount) => !discount.is_deleted && discount.code?.toUpperCase() === wanted);
}

/** One that can be used now, for this product. */
export function usableDiscount(
  world: World,
  discount: DiscountDoc | undefined,
  productId: string,
): DiscountDoc | undefined {
  return discount &&
    !discount.is_deleted &&
    isFor(discount, productId) &&
    isRedeemable(world, discount)
    ? discount
    : undefined;
}

/** An address without what stands behind a plus sign. */
function plainEmail(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*/, "");
}

/** Whether a use counts: not one whose orders were all given back. */
function counts(world: World, redemption: RedemptionDoc): boolean {
  const orders = [
    ...(redemption.checkout_id ? world.orders.where("checkout_id", redemption.checkout_id) : []),
    ...(redemption.subscription_id
      ? world.orders.where("subscription_id", redemption.subscription_id)
      : []),
  ];
  return orders.length === 0 || orders.some(({ status }) => /^(paid|partially)/.test(status));
}

/** Who a buyer is, as far as it is known. */
export interface Buyer {
  customer: CustomerDoc | undefined;
  email: string | null;
  card: CardDoc | null;
}

/** Whether somebody has used a discount as often as one may; the checkout at hand does not count. */
export function isUsedUpBy(
  world: World,
  discount: DiscountDoc,
  buyer: Buyer,
  checkoutId: string,
): boolean {
  const most = discount.max_redemptions_per_customer;
  if (most === null) return false;
  const email = buyer.customer?.email ?? buyer.email;
  const mine = redemptionsOf(world, discount.id).filter((redemption) => {
    if (redemption.checkout_id === checkoutId || !counts(world, redemption)) return false;
    const other = world.customers.need(redemption.customer_id);
    return (
      other.id === buyer.customer?.id ||
      (email !== null && plainEmail(other.email) === plainEmail(email)) ||
      (buyer.card !== null && redemption.card_number === buyer.card.number)
    );
  });
  return mine.length >= most;
}

/** Notes a use of a discount. */
export function redeem(
  world: World,
  use: Pick<RedemptionDoc, "discount_id" | "customer_id"> & Partial<RedemptionDoc>,
): void {
  world.redemptions.put({
    checkout_id: null,
    subscription_id: null,
    card_number: null,
    ...use,
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
  });
}
