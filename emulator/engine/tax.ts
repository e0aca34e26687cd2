import type { models } from "@polar-sh/sdk/2026-10";
import type { PriceDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { roundHalfAway } from "./rounding.ts";

/** Where prices are named without tax; elsewhere the tax is in them. */
const EXCLUSIVE_COUNTRIES = ["CA", "IN", "US"];
const KEY = "tax_rate:";

export type TaxRates = Record<string, number>;

/** The rates in percent by country of the payer (ISO 3166); countries without one have no tax. */
export function taxRates(world: World): TaxRates {
  return Object.fromEntries(
    world.settings
      .all()
      .filter(({ id }) => id.startsWith(KEY))
      .map(({ id, value }) => [id.slice(KEY.length), Number(value)]),
  );
}

/** Replaces all rates. Checkouts take them in at their next change, orders when they are made. */
export function setTaxRates(world: World, rates: TaxRates): void {
  for (const country of Object.keys(taxRates(world))) world.settings.remove(KEY + country);
  for (const [country, rate] of Object.entries(rates))
    if (rate > 0) world.settings.put({ id: KEY + country, value: rate });
}

export interface Tax {
  net_amount: number;
  tax_amount: number;
  tax_behavior: models.TaxBehavior | null;
}

/** Whether tax comes on top of prices or is in them: as their price says, else as the organization does. */
export function taxOption(world: World, prices: readonly PriceDoc[]): models.TaxBehaviorOption {
  return prices[0]?.tax_behavior ?? world.organization.default_tax_behavior;
}

/**
 * Splits an amount (minor units, after discount) into net and tax, which together are what is to be paid.
 * A credit has negative tax. Nothing is known of the tax without a country.
 */
export function splitTax(
  world: World,
  amount: number,
  option: models.TaxBehaviorOption,
  country: string | undefined,
): Tax {
  if (country === undefined) return { net_amount: amount, tax_amount: 0, tax_behavior: null };
  const byLocation = EXCLUSIVE_COUNTRIES.includes(country) ? "exclusive" : "inclusive";
  const tax_behavior = option === "location" ? byLocation : option;
  const setting = world.settings.get(KEY + country)?.value;
  const rate = typeof setting === "number" ? setting : 0;
  const base = tax_behavior === "inclusive" ? 100 + rate : 100;
  const tax_amount = roundHalfAway((amount * rate) / base) || 0;
  const net_amount = tax_behavior === "inclusive" ? amount - tax_amount : amount;
  return { net_amount, tax_amount, tax_behavior };
}
