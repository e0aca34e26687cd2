import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base, Metadata } from "./base.ts";

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

export interface SessionDoc extends Base {
  token: string;
  expires_at: Instant;
  return_url: string | null;
  customer_id: string;
}
