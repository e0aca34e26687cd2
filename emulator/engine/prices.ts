import type {
  CustomPriceDoc,
  PriceDoc,
  ProductDoc,
  SeatPriceDoc,
  StaticPriceDoc,
} from "../store/documents.ts";

/** The least and the most that a card can be charged, in cents. */
export const SMALLEST_CHARGE = 50;
export const LARGEST_CHARGE = 99_999_999;

/** What a buyer decides about prices: the amount (minor units) of a custom one, the number of seats. */
export interface Choice {
  amount: number | null;
  seats: number | null;
}

export function isStatic(price: PriceDoc): price is StaticPriceDoc {
  return price.amount_type !== "metered_unit";
}

export function seatPrice(prices: readonly PriceDoc[]): SeatPriceDoc | undefined {
  return prices.find((price): price is SeatPriceDoc => price.amount_type === "seat_based");
}

export function customPrice(prices: readonly PriceDoc[]): CustomPriceDoc | undefined {
  return prices.find((price): price is CustomPriceDoc => price.amount_type === "custom");
}

/** Whether a price can never cost anything. */
export function isFree(price: PriceDoc): boolean {
  if (price.amount_type === "fixed") return price.price_amount === 0;
  return price.amount_type === "seat_based" && price.tiers.every((tier) => !tier.price_per_seat);
}

/** The fewest and the most seats that can be bought; null without an upper limit. */
export function seatLimits({ tiers }: SeatPriceDoc): { minimum: number; maximum: number | null } {
  return { minimum: tiers[0]?.min_seats ?? 1, maximum: tiers.at(-1)?.max_seats ?? null };
}

/** What `seats` cost, in minor units: all at the rate of one tier, or each at that of its own. */
export function seatCharge({ tiers, seat_tier_type }: SeatPriceDoc, seats: number): number {
  if (seats === 0) return 0;
  if (seat_tier_type !== "graduated") {
    const tier = tiers.find(({ max_seats }) => max_seats === null || seats <= max_seats);
    return seats * ((tier ?? tiers.at(-1))?.price_per_seat ?? 0);
  }
  let total = 0;
  let counted = 0;
  for (const { max_seats, price_per_seat } of tiers) {
    const upTo = max_seats === null ? seats : Math.min(seats, max_seats);
    total += Math.max(0, upTo - counted) * price_per_seat;
    counted = Math.max(counted, upTo);
  }
  return total;
}

/** What a price charges ahead, in minor units. */
export function priceCharge(price: PriceDoc, { amount, seats }: Choice): number {
  switch (price.amount_type) {
    case "fixed":
      return price.price_amount;
    case "custom":
      return amount ?? price.preset_amount ?? price.minimum_amount;
    case "seat_based":
      return seatCharge(price, seats ?? seatLimits(price).minimum);
    case "metered_unit":
      return 0;
  }
}

/** What prices charge ahead together, in minor units. */
export function upfrontAmount(prices: readonly PriceDoc[], choice: Choice): number {
  return prices.reduce((sum, price) => sum + priceCharge(price, choice), 0);
}

/** What an order's line calls a price: the product, with the number of seats where it has some. */
export function priceLabel(
  { name }: ProductDoc,
  price: PriceDoc | undefined,
  seats: number | null,
): string {
  return price?.amount_type === "seat_based" && seats !== null
    ? `${name} (${seats} seat${seats === 1 ? "" : "s"})`
    : name;
}
