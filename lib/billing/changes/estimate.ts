import { type CatalogProduct, planOf, plans } from "../catalog";
import { type Discount, discountAt, discounted, isLasting } from "./discount";

type Current = {
  status: string;
  product: CatalogProduct;
  /** What is paid for a period at present, less the discount, in minor units. */
  amount: number;
  period: { start: Date; end: Date };
  discount: Discount | null;
};

/**
 * When a change of plan applies and what is paid for it then, in minor units before tax: an estimate, as
 * time passes until it is made. A negative amount is credit for later invoices. With the next period comes
 * `amount`, and `standing` with those that follow when a discount has lapsed.
 */
export type Estimate =
  | { timing: "now"; amount: number; keepsTrial: boolean }
  | { timing: "next_period"; at: Date; amount: number; standing: number };

const rank = new Map(plans.map(({ key }, index) => [key, index]));

/**
 * What is more comes now, what is less with the next period: the higher plan, or within one plan the
 * product that costs more per period (docs/decisions, 0018).
 */
export function timingOf(current: CatalogProduct, target: CatalogProduct): Estimate["timing"] {
  const up = (of: CatalogProduct) => rank.get(of.plan ?? "free") ?? 0;
  const steps = up(target) - up(current) || target.amount - current.amount;
  return steps > 0 ? "now" : "next_period";
}

/** The part of `amount` for what is left of a period; halves to the even cent, as Polar rounds it. */
function remainingShare(amount: number, { start, end }: Current["period"], now: Date): number {
  const total = BigInt(end.getTime() - start.getTime());
  if (total <= 0n) return 0;
  const until = BigInt(Math.max(0, end.getTime() - now.getTime()));
  const left = until < total ? until : total;
  const product = BigInt(amount) * left;
  const whole = product / total;
  const twice = (product % total) * 2n;
  const up = twice > total || (twice === total && whole % 2n === 1n);
  return Number(up ? whole + 1n : whole);
}

/**
 * What changing to `target` costs at `now`, by Polar's rules for `invoice` (polarsource/polar,
 * subscription/service.py): the rest of the old plan is given back, the rest of the new one charged; with
 * another interval, a whole period that begins now. Within a trial a plan that has one costs nothing yet,
 * and one that has none ends it. Use beyond the allowance is billed apart.
 *
 * @param price what the target costs for a period, before the discount, in minor units.
 */
export function estimateChange(
  current: Current,
  target: CatalogProduct,
  price: number,
  now: Date,
): Estimate {
  const { discount } = current;
  if (timingOf(current.product, target) === "next_period") {
    const at = current.period.end;
    const amount = discounted(price, discountAt(discount, at));
    const standing = isLasting(discount) ? amount : price;
    return { timing: "next_period", at, amount, standing };
  }
  const due = discounted(price, discount);
  if (current.status === "trialing") {
    const keepsTrial = target.plan !== null && planOf(target.plan).trialDays > 0;
    return { timing: "now", amount: keepsTrial ? 0 : due, keepsTrial };
  }
  const sameInterval = current.product.interval === target.interval;
  const asked = sameInterval ? remainingShare(due, current.period, now) : due;
  const given = remainingShare(current.amount, current.period, now);
  return { timing: "now", amount: asked - given, keepsTrial: false };
}
