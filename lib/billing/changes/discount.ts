/** What a discount takes off the price of a period (`amount` in minor units), and for which periods. */
export type Discount = (
  | { type: "percentage"; basisPoints: number }
  | { type: "fixed"; amount: number }
) & {
  /** Polar's `duration`: once, repeating or forever. */
  duration: string;
  /** Of a repeating one: for how many months. */
  months: number | null;
  /** When an order was first given it; null before that. */
  usedSince: Date | null;
};

/** The same day so many months later, or the last of a month that is shorter. */
function monthsAfter(date: Date, months: number): Date {
  const after = new Date(date);
  after.setUTCDate(1);
  after.setUTCMonth(after.getUTCMonth() + months);
  const last = new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() + 1, 0)).getUTCDate();
  after.setUTCDate(Math.min(date.getUTCDate(), last));
  return after;
}

/** Whether a discount lasts as long as its subscription. */
export function isLasting(discount: Discount | null): boolean {
  return discount?.duration === "forever";
}

/**
 * The discount as it counts for a period that begins at `start`: null once it has lapsed, by Polar's rules
 * (polarsource/polar, models/discount.py). One whose duration we do not know counts once.
 */
export function discountAt(discount: Discount | null, start: Date): Discount | null {
  if (!discount?.usedSince || isLasting(discount)) return discount;
  const { duration, months, usedSince } = discount;
  const last = duration === "repeating" && months ? monthsAfter(usedSince, months - 1) : usedSince;
  return start > last ? null : discount;
}

/** A price less its discount, in minor units; halves away from zero, as Polar rounds discounts. */
export function discounted(amount: number, discount: Discount | null): number {
  if (!discount) return amount;
  if (discount.type === "fixed") return Math.max(0, amount - discount.amount);
  return amount - Math.round(amount * (discount.basisPoints / 10_000));
}
