import type { Pricing } from "@/components/pricing/types";
import { plans } from "@/lib/billing/catalog";

/** "2 months free", only when it is true of every plan with a yearly price. */
export function yearlySaving(pricing: Pricing): string | null {
  const months = plans.flatMap(({ products }) => {
    if (!products) return [];
    const monthly = pricing[products.month].amount;
    return monthly > 0 ? [(monthly * 12 - pricing[products.year].amount) / monthly] : [];
  });
  const least = Math.floor(Math.min(...months));
  if (!Number.isFinite(least) || least < 1) return null;
  return `${least} ${least === 1 ? "month" : "months"} free`;
}
