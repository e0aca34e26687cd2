import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant, Interval } from "../time.ts";
import type { Base, Metadata } from "./base.ts";
import type { LineDoc } from "./orders.ts";

export interface PendingUpdateDoc extends Base {
  applies_at: Instant;
  product_id: string | null;
  seats: number | null;
  /** The discount from then on; undefined leaves what there is. */
  discount_id?: string | null;
}

export interface SubscriptionDoc extends Base {
  status: models.SubscriptionStatus;
  /** What a period costs, less the discount. */
  amount: number;
  /** What the buyer chose to pay, for a custom price. */
  custom_amount: number | null;
  seats: number | null;
  discount_id: string | null;
  /** The start of the period that the discount was first used for. */
  discount_applied_at: Instant | null;
  tax_behavior: models.TaxBehavior | null;
  currency: string;
  recurring_interval: Interval;
  recurring_interval_count: number;
  anchor_day: number;
  current_period_start: Instant;
  current_period_end: Instant;
  current_meter_period_start: Instant | null;
  current_meter_period_end: Instant | null;
  trial_start: Instant | null;
  trial_end: Instant | null;
  cancel_at_period_end: boolean;
  canceled_at: Instant | null;
  started_at: Instant | null;
  ends_at: Instant | null;
  ended_at: Instant | null;
  past_due_at: Instant | null;
  pause_at_period_end: boolean;
  paused_at: Instant | null;
  resumes_at: Instant | null;
  customer_id: string;
  product_id: string;
  price_ids: string[];
  checkout_id: string | null;
  customer_cancellation_reason: models.CustomerCancellationReason | null;
  customer_cancellation_comment: string | null;
  metadata: Metadata;
  custom_field_data: Record<string, string | number | boolean | null>;
  pending_update: PendingUpdateDoc | null;
  meters: SubscriptionMeterDoc[];
  /** What was used in the period before a pause: charged when the subscription resumes. */
  unbilled_use?: LineDoc[];
}

export interface SubscriptionMeterDoc extends Base {
  meter_id: string;
  /** The price that charges it, and since when: use of before is not charged by it. */
  price_id: string;
  priced_since: Instant;
  consumed_units: number;
  credited_units: number;
  amount: number;
}

/** A line that waits for the subscription's next order: what a prorated change owes or is owed. */
export interface BillingEntryDoc extends Base {
  subscription_id: string;
  direction: "credit" | "debit";
  /** Negative for a credit. */
  amount: number;
  /** The numbers of seats, where these were changed. */
  seats: { before: number; after: number } | null;
  product_price_id: string;
  start_timestamp: Instant;
  end_timestamp: Instant;
}
