import type { models } from "@polar-sh/sdk/2026-10";
import type { Base } from "./base.ts";

interface PriceBase extends Base {
  product_id: string;
  is_archived: boolean;
  tax_behavior: models.TaxBehaviorOption | null;
}

/** A set amount; 0 is what a free price is. */
export interface FixedPriceDoc extends PriceBase {
  amount_type: "fixed";
  price_amount: number;
}

/** The buyer names the amount. */
export interface CustomPriceDoc extends PriceBase {
  amount_type: "custom";
  minimum_amount: number;
  maximum_amount: number | null;
  preset_amount: number | null;
}

export interface SeatTier {
  min_seats: number;
  /** The last seat of the tier; null without an end. */
  max_seats: number | null;
  price_per_seat: number;
}

/** An amount for each seat, in tiers without gaps, lowest first. */
export interface SeatPriceDoc extends PriceBase {
  amount_type: "seat_based";
  seat_tier_type: models.SeatTierType;
  tiers: SeatTier[];
}

export interface MeteredPriceDoc extends PriceBase {
  amount_type: "metered_unit";
  meter_id: string;
  /** Cents per unit, as a decimal. */
  unit_amount: string;
  cap_amount: number | null;
}

/** A price that is charged ahead, whatever is used. */
export type StaticPriceDoc = FixedPriceDoc | CustomPriceDoc | SeatPriceDoc;
export type PriceDoc = StaticPriceDoc | MeteredPriceDoc;
