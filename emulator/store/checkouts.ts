import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant, Interval } from "../time.ts";
import type { Base, Metadata } from "./base.ts";
import type { CardDoc } from "./customers.ts";

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
