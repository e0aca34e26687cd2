import type { models } from "@polar-sh/sdk/2026-10";
import type { Interval } from "../time.ts";
import type { Base, Metadata } from "./base.ts";
import type { PriceDoc } from "./prices.ts";

export type MeterDoc = models.Meter;

export interface ProductDoc extends Base {
  name: string;
  description: string | null;
  visibility: models.ProductVisibility;
  trial_interval: Interval | null;
  trial_interval_count: number | null;
  recurring_interval: Interval | null;
  recurring_interval_count: number | null;
  meter_interval: Interval | null;
  meter_interval_count: number | null;
  is_archived: boolean;
  organization_id: string;
  metadata: Metadata;
  /** Archived prices stay: subscriptions keep theirs. */
  prices: PriceDoc[];
  benefit_ids: string[];
}
