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

/** What a seat costs, at the least of its rates where there are several: "from $8.00 per seat". */
function seatText({ seat_tiers, price_currency }: models.ProductPriceSeatBased): string {
  const rates = seat_tiers.tiers.map(({ price_per_seat }) => price_per_seat);
  const amount = `${money(Math.min(...rates), price_currency)} per seat`;
  return new Set(rates).size > 1 ? `from ${amount}` : amount;
}

/** What a product costs ahead, as far as the buyer's choice leaves it open; none when it is charged by use. */
export function fixedPriceText(prices: readonly Price[], recurring: Recurring): string {
  const current = prices.filter((price) => !price.is_archived);
  if (current.some((price) => price.amount_type === "custom")) return "Pay what you want";
  const fixed = current.find((price) => price.amount_type === "fixed");
  const seats = current.find((price) => price.amount_type === "seat_based");
  if (seats?.amount_type === "seat_based") {
    const base =
      fixed?.amount_type === "fixed" && fixed.price_amount > 0
        ? `${money(fixed.price_amount, fixed.price_currency)} + `
        : "";
    return `${base}${seatText(seats)} ${interval(recurring)}`.trim();
  }
  if (fixed?.amount_type === "fixed") {
    return priceText(fixed.price_amount, fixed.price_currency, recurring);
  }
  return current.some((price) => price.amount_type.startsWith("metered")) ? "Pay per use" : "Free";
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
