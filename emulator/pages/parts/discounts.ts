import type { models } from "@polar-sh/sdk/2026-10";
import { money } from "../money.ts";

type Discount = NonNullable<models.Checkout["discount"]>;

/** "20% off for 3 months", "$5.00 off once". */
export function discountText(discount: Discount): string {
  const off =
    "basis_points" in discount
      ? `${discount.basis_points / 100}% off`
      : `${money(discount.amount, discount.currency)} off`;
  if ("duration_in_months" in discount) {
    const months = discount.duration_in_months;
    return `${off} for ${months} month${months === 1 ? "" : "s"}`;
  }
  return discount.duration === "once" ? off : `${off}, for good`;
}
