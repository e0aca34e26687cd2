import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant, Interval, Micros } from "../time.ts";
import type { PriceDoc } from "./prices.ts";

export type * from "./discounts.ts";
export type * from "./prices.ts";
export type * from "./seats.ts";

/**
 * What is kept of each resource. Answers and payloads are made from these by the serializers in
 * `resources/`. Amounts are in minor units (cents), dates ISO 8601 UTC with microseconds.
 */
export interface Base {
  id: string;
  created_at: Instant;
  modified_at: Instant | null;
}

export type Metadata = Record<string, string | number | boolean>;

export interface SettingDoc {
  id: string;
  value: string | number;
}

export type OrganizationDoc = models.Organization;
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

interface BenefitBase extends Base {
  description: string;
  is_deleted: boolean;
  organization_id: string;
  metadata: Metadata;
  visibility: models.BenefitVisibility;
}
export type BenefitDoc = BenefitBase &
  (
    | { type: "custom"; properties: { note: string | null } }
    | { type: "feature_flag"; properties: Record<string, never> }
    | { type: "meter_credit"; properties: models.BenefitMeterCreditProperties }
    | { type: "license_keys"; properties: models.BenefitLicenseKeysProperties }
    | { type: "discord"; properties: models.BenefitDiscordProperties }
    | { type: "github_repository"; properties: models.BenefitGitHubRepositoryProperties }
    | { type: "downloadables"; properties: models.BenefitDownloadablesProperties }
    | { type: "slack_shared_channel"; properties: models.BenefitSlackSharedChannelProperties }
  );

/** A key that a customer holds by a grant. It outlives the grant's revocation, and returns with it. */
export interface LicenseKeyDoc extends Base {
  organization_id: string;
  customer_id: string;
  benefit_id: string;
  key: string;
  status: models.LicenseKeyStatus;
  limit_activations: number | null;
  usage: number;
  limit_usage: number | null;
  validations: number;
  last_validated_at: Instant | null;
  expires_at: Instant | null;
}

/** One place, such as a device, on which a license key is in use. */
export interface LicenseKeyActivationDoc extends Base {
  license_key_id: string;
  label: string;
  meta: Metadata;
  /** What a validation must bring along to pass; nothing means anything. */
  conditions: Metadata;
}

/** The card a customer pays with. Its number alone decides how charges end. */
export interface CardDoc {
  id: string;
  number: string;
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
}

/** A card that a customer has saved. */
export interface PaymentMethodDoc extends Base {
  customer_id: string;
  card: CardDoc;
}

/** A card whose bank has yet to confirm that it may be saved. */
export interface SetupIntentDoc {
  id: string;
  customer_id: string;
  card: CardDoc;
}

/** A tax number and its format, for example `["DE123456789", "eu_vat"]`. */
export type TaxId = [number: string, format: string];

export interface CustomerDoc extends Base {
  /** A team has bought seats. */
  type?: models.CustomerType;
  external_id: string | null;
  email: string;
  email_key: string;
  name: string | null;
  billing_name: string | null;
  billing_address: models.Address | null;
  locale: string | null;
  metadata: Metadata;
  organization_id: string;
  deleted_at: Instant | null;
  first_user_event_at: Instant | null;
  tax_id?: TaxId | null;
  /** What is charged. */
  card: CardDoc | null;
  /** The card that the customer, or the seller, has said is to be charged. */
  default_payment_method_id?: string | null;
  /** Credit in cents, from downgrades, used up by later orders; negative is owed. */
  balance: number;
  short_id: string;
  invoices: number;
  receipts: number;
  /** Products whose trial this customer has used. */
  trials: string[];
}

export interface CheckoutDoc extends Base {
  status: models.CheckoutStatus;
  client_secret: string;
  expires_at: Instant;
  success_url: string | null;
  return_url: string | null;
  embed_origin: string | null;
  product_ids: string[];
  product_id: string;
  /** The product's prices when it was chosen. */
  price_ids: string[];
  /** What these come to, before discount and tax. */
  amount: number;
  discount_id: string | null;
  discount_amount: number;
  net_amount: number;
  /** null as long as the country is not known. */
  tax_amount: number | null;
  tax_behavior: models.TaxBehavior | null;
  seats: number | null;
  min_seats: number | null;
  max_seats: number | null;
  allow_trial: boolean;
  allow_discount_codes: boolean;
  require_billing_address: boolean;
  trial_interval: Interval | null;
  trial_interval_count: number | null;
  customer_id: string | null;
  external_customer_id: string | null;
  is_business_customer: boolean;
  customer_name: string | null;
  customer_email: string | null;
  customer_ip_address: string | null;
  customer_billing_name: string | null;
  customer_billing_address: models.Address | null;
  customer_tax_id: string | null;
  customer_metadata: Metadata;
  locale: string | null;
  metadata: Metadata;
  custom_field_data: Record<string, string | number | boolean | null>;
  /** The subscription that this checkout upgrades, where it was made for one. */
  subscription_id: string | null;
  /** The card between submission and the payment's end. */
  card: CardDoc | null;
  /** Waiting for the payer to confirm with their bank. */
  requires_action: boolean;
  /** Why the last payment failed, to be shown on the page. */
  payment_error: string | null;
  intent: "pi" | "seti" | null;
  /** The webhooks that told of the success; the page waits for them before it leads back. */
  success_event_ids: string[];
}

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

export interface OrderItemDoc extends Base {
  label: string;
  amount: number;
  tax_amount: number;
  proration: boolean;
  product_price_id: string | null;
  start_timestamp: Instant | null;
  end_timestamp: Instant | null;
}

/** What an order's line is made of before there is an order. */
export type LineDoc = Omit<OrderItemDoc, "id" | "created_at" | "modified_at" | "tax_amount">;

export interface InvoicedTo {
  name: string | null;
  address: models.Address | null;
  email: string;
  tax_id: TaxId | null;
}

export interface OrderDoc extends Base {
  status: models.OrderStatus;
  /** Their sum is the subtotal. */
  items: OrderItemDoc[];
  discount_id: string | null;
  discount_amount: number;
  /** Less discount and, where prices hold it, tax. */
  net_amount: number;
  tax_amount: number;
  seats: number | null;
  applied_balance_amount: number;
  /** Without its tax. */
  refunded_amount: number;
  refunded_tax_amount: number;
  currency: string;
  billing_reason: models.OrderBillingReason;
  billing_name: string | null;
  billing_address: models.Address | null;
  invoice_number: string;
  is_invoice_generated: boolean;
  /** Whom the invoice is made out to, as it was when the invoice was made. */
  invoiced_to?: InvoicedTo;
  receipt_number: string | null;
  customer_id: string;
  product_id: string;
  subscription_id: string | null;
  checkout_id: string | null;
  next_payment_attempt_at: Instant | null;
  payment_attempts: number;
  metadata: Metadata;
  custom_field_data: Record<string, string | number | boolean | null>;
  description: string;
}

export interface GrantDoc extends Base {
  granted_at: Instant | null;
  revoked_at: Instant | null;
  subscription_id: string | null;
  order_id: string | null;
  customer_id: string;
  benefit_id: string;
  properties: GrantProperties;
}

/** What a grant of any kind has given: each kind fills in its own. */
export type GrantProperties = models.BenefitGrantMeterCreditProperties &
  models.BenefitGrantLicenseKeysProperties;

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

export interface RefundDoc extends Base {
  status: models.RefundStatus;
  reason: models.RefundReason;
  /** Without its tax. */
  amount: number;
  tax_amount: number;
  currency: string;
  order_id: string;
  subscription_id: string | null;
  customer_id: string;
  revoke_benefits: boolean;
  metadata: Metadata;
}

export interface SessionDoc extends Base {
  token: string;
  expires_at: Instant;
  return_url: string | null;
  customer_id: string;
}

export interface EndpointDoc extends Base {
  url: string;
  name: string | null;
  api_version: models.ApiVersion;
  format: models.WebhookFormat;
  secret: string;
  /** "standard": the key is the base64-decoded rest of the secret; "legacy": the secret's own bytes. */
  encoding: "standard" | "legacy";
  organization_id: string;
  events: models.WebhookEventType[];
  enabled: boolean;
  deleted: boolean;
}

export interface WebhookEventDoc extends Base {
  endpoint_id: string;
  /** One of Polar's types, or with a fault one that nobody knows. */
  type: string;
  api_version: models.ApiVersion;
  /** null while undecided. */
  succeeded: boolean | null;
  /** It is to be sent once more, though it may be decided already. */
  is_redelivered?: boolean;
  skipped: boolean;
  last_http_code: number | null;
  attempts: number;
  /** Real time in milliseconds: deliveries are retried in the real world. */
  emitted_at: number;
  next_attempt_at: number | null;
  /** What its faults are drawn by: its endpoint, type and number, the same in every run. */
  fault_key: string;
}

export interface DeliveryDoc extends Base {
  webhook_event_id: string;
  endpoint_id: string;
  succeeded: boolean;
  http_code: number | null;
  /** Milliseconds that the attempt took. */
  duration: number;
}

export type Work =
  | { kind: "checkout.pay"; checkout_id: string }
  | { kind: "checkout.expire"; checkout_id: string }
  | { kind: "customer.state"; customer_id: string }
  | { kind: "grants.sync"; subscription_id: string; cycle: boolean }
  | { kind: "grants.order"; order_id: string; revoke: boolean }
  | { kind: "grant.license_key"; license_key_id: string }
  | { kind: "grant.update"; grant_id: string }
  | { kind: "meter.update"; customer_id: string; meter_id: string }
  | { kind: "order.charge"; order_id: string }
  | { kind: "order.invoice"; order_id: string }
  | { kind: "refund.settle"; refund_id: string }
  | { kind: "subscription.cycle"; subscription_id: string }
  | { kind: "subscription.meter_cycle"; subscription_id: string }
  | { kind: "subscription.resume"; subscription_id: string };

/** Work for a later moment of the simulated clock. */
export interface JobDoc {
  id: string;
  due: Instant;
  /** Runs as soon as the server gets to it, or at once when somebody waits for quiet. */
  soon: boolean;
  /** Two jobs of one key are one job. */
  key: string;
  first_at: Instant;
  work: Work;
}

export type { Micros };
