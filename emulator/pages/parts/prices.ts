import type { models } from "@polar-sh/sdk/2026-10";
import { money, unitMoney } from "../money.ts";

type Price = models.CheckoutProduct["prices"][number];

/** What of a product tells how often it is paid for. */
interface Recurring {
  recurring_interval: models.RecurringInterval | null;
  recurring_interval_count: number | null;
}

/** "14 days", "1 month". */
export function duration(interval: models.RecurringInterval, count: number): string {
  return `${count} ${interval}${count === 1 ? "" : "s"}`;
}

/** How often a price is due: "per month", "every 3 months"; nothing for what is bought once. */
export function interval({ recurring_interval, recurring_interval_count }: Recurring): string {
  if (!recurring_interval) return "";
  const count = recurring_interval_count ?? 1;
  return count === 1 ? `per ${recurring_interval}` : `every ${duration(recurring_interval, count)}`;
}

/** "$19.00 per month", "$10.00", "Free". */
export function priceText(amount: number, currency: string, recurring: Recurring): string {
  return amount === 0 ? "Free" : `${money(amount, currency)} ${interval(recurring)}`.trim();
}

/** What a product costs at its fixed price; products charged by use alone have none. */
export function fixedPriceText(prices: readonly Price[], recurring: Recurring): string {
  const fixed = prices.find((price) => price.amount_type === "fixed" && !price.is_archived);
  if (fixed?.amount_type === "fixed") {
    return priceText(fixed.price_amount, fixed.price_currency, recurring);
  }
  return prices.some((price) => price.amount_type.startsWith("metered")) ? "Pay per use" : "Free";
}

function unitName({ unit, custom_label }: models.ProductPriceMeter): string {
  if (unit === "token") return "token";
  return (unit === "custom" && custom_label) || "unit";
}

/** What use costs on top: "plus $0.002 per unit of API calls". */
export function meteredPriceTexts(prices: readonly Price[]): string[] {
  return prices
    .filter((price) => price.amount_type === "metered_unit")
    .filter((price) => !price.is_archived)
    .map(({ unit_amount, price_currency, meter }) => {
      const amount = unitMoney(unit_amount, price_currency);
      return `plus ${amount} per ${unitName(meter)} of ${meter.name}`;
    });
}
