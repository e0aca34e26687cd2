import { type Issue, invalidValue } from "../http/errors.ts";
import { paymentNeeds } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type { CheckoutDoc, CustomPriceDoc, SeatPriceDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { discountOn, isFor } from "./discounts.ts";
import {
  customPrice,
  isStatic,
  LARGEST_CHARGE,
  SMALLEST_CHARGE,
  seatLimits,
  seatPrice,
  upfrontAmount,
} from "./prices.ts";
import { splitTax, taxOption } from "./tax.ts";

/** The checkout with what comes of its amount: the discount, the net amount, the tax. */
export function priced(world: World, checkout: CheckoutDoc): CheckoutDoc {
  const { amount, discount_id, product_id, customer_billing_address } = checkout;
  const discount_amount = discountOn(world.discounts.get(discount_id), amount);
  const net_amount = amount - discount_amount;
  const untaxed = { ...checkout, discount_amount, net_amount, tax_amount: 0, tax_behavior: null };
  if (!paymentNeeds(world, untaxed).is_payment_form_required) return untaxed;
  const country = customer_billing_address?.country;
  if (!country) return { ...untaxed, tax_amount: null };
  const prices = currentPrices(world.products.need(product_id));
  return { ...untaxed, ...splitTax(world, net_amount, taxOption(world, prices), country) };
}

/** What a buyer may choose: one of the checkout's products, the amount to pay, the number of seats. */
export interface Purchase {
  product_id?: string | undefined;
  /** Minor units. */
  amount?: number | undefined;
  seats?: number | undefined;
}

type Bounds = Pick<CheckoutDoc, "min_seats" | "max_seats">;

function refuse(field: string, input: unknown, issue: Pick<Issue, "type" | "msg">) {
  return invalidValue(["body", field], issue.msg, input, issue.type);
}

/** @throws ApiError 422 for an amount that a pay-what-you-want price does not take. */
function requireAmount(price: CustomPriceDoc, amount: number): void {
  if (amount < price.minimum_amount)
    throw refuse("amount", amount, { type: "greater_than_equal", msg: "Amount is below minimum." });
  if (amount > 0 && amount < SMALLEST_CHARGE)
    throw refuse("amount", amount, {
      type: "invalid_amount",
      msg: "Amount must be 0 or at least $0.50.",
    });
  if (price.maximum_amount !== null && amount > price.maximum_amount)
    throw refuse("amount", amount, { type: "less_than_equal", msg: "Amount is above maximum." });
  if (amount > LARGEST_CHARGE)
    throw refuse("amount", amount, {
      type: "less_than_equal",
      msg: "Amount must be at most $999,999.99.",
    });
}

/** @throws ApiError 422 for fewer or more seats than the price and the checkout allow. */
function requireSeats(price: SeatPriceDoc, seats: number, bounds: Bounds): void {
  const limits = seatLimits(price);
  const minimum = Math.max(limits.minimum, bounds.min_seats ?? 0);
  const maximum = Math.min(limits.maximum ?? Infinity, bounds.max_seats ?? Infinity);
  if (seats < minimum)
    throw refuse("seats", seats, {
      type: "greater_than_equal",
      msg: `Minimum ${minimum} seats required.`,
    });
  if (seats > maximum)
    throw refuse("seats", seats, {
      type: "less_than_equal",
      msg: `Maximum ${maximum} seats allowed.`,
    });
}

/** @throws ApiError 422 for bounds of a checkout that its product's price does not allow. */
export function requireBounds(price: SeatPriceDoc | undefined, bounds: Bounds): void {
  for (const field of ["min_seats", "max_seats"] as const)
    if (!price && bounds[field] !== null)
      throw refuse(field, bounds[field], {
        type: "value_error",
        msg: `${field} can only be set for seat-based pricing.`,
      });
  if (!price) return;
  const { minimum, maximum } = seatLimits(price);
  if (bounds.min_seats !== null && bounds.min_seats < minimum)
    throw refuse("min_seats", bounds.min_seats, {
      type: "greater_than_equal",
      msg: `min_seats must be at least ${minimum}.`,
    });
  if (bounds.max_seats !== null && maximum !== null && bounds.max_seats > maximum)
    throw refuse("max_seats", bounds.max_seats, {
      type: "less_than_equal",
      msg: `max_seats must be at most ${maximum}.`,
    });
}

/**
 * What a choice makes of a checkout; a discount that is not for the product is dropped. Without a
 * choice of it, seats are the fewest and the amount is what the price proposes.
 *
 * @throws ApiError 422 for amounts and seats that are not for sale.
 */
export function chosen(
  world: World,
  checkout: CheckoutDoc,
  { product_id, amount, seats }: Purchase,
): Pick<CheckoutDoc, "product_id" | "price_ids" | "amount" | "seats" | "discount_id"> {
  const isOther = product_id !== undefined;
  const product = world.products.need(product_id ?? checkout.product_id);
  const prices = currentPrices(product);
  const perSeat = seatPrice(prices);
  const custom = customPrice(prices);
  if (seats !== undefined && !perSeat)
    throw refuse("seats", seats, {
      type: "value_error",
      msg: "Seats can only be set for seat-based pricing.",
    });
  const first = perSeat ? (checkout.min_seats ?? seatLimits(perSeat).minimum) : null;
  const number = seats ?? (isOther ? first : (checkout.seats ?? first));
  if (perSeat && number !== null) requireSeats(perSeat, number, checkout);
  if (custom && amount !== undefined) requireAmount(custom, amount);
  const isNew = isOther || seats !== undefined || checkout.price_ids.length === 0;
  const kept = isNew ? null : checkout.amount;
  const discount = world.discounts.get(checkout.discount_id);
  return {
    product_id: product.id,
    price_ids: isNew ? prices.map(({ id }) => id) : checkout.price_ids,
    seats: number,
    amount: custom
      ? (amount ?? kept ?? upfrontAmount(prices, { amount: null, seats: null }))
      : (kept ?? upfrontAmount(prices, { amount: null, seats: number })),
    discount_id: discount && isFor(discount, product.id) ? discount.id : null,
  };
}

/** @throws ApiError 422 where a price was replaced since it was chosen. */
export function requireCurrentPrice(world: World, checkout: CheckoutDoc): void {
  const { prices } = world.products.need(checkout.product_id);
  const chosenPrices = prices.filter(({ id }) => checkout.price_ids.includes(id));
  const archived = chosenPrices.find((price) => isStatic(price) && price.is_archived);
  if (archived)
    throw refuse("product_price_id", archived.id, {
      type: "value_error",
      msg: "Price is archived.",
    });
}
