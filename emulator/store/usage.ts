import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base } from "./base.ts";

export interface CustomerMeterDoc extends Base {
  customer_id: string;
  meter_id: string;
  consumed_units: number;
  credited_units: number;
}

/** A usage event, or one of the system's own (credits and resets of meters). */
export interface EventDoc {
  id: string;
  timestamp: Instant;
  /** Windows of meters go by this date, not by the event's own. */
  ingested_at: Instant;
  organization_id: string;
  customer_id: string | null;
  external_customer_id: string | null;
  external_id: string | null;
  name: string;
  source: models.EventSource;
  parent_id: string | null;
  metadata: Record<string, unknown>;
}
