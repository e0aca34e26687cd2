import type { models } from "@polar-sh/sdk/2026-10";

/** The fields of a checkout's form that can be wrong. */
export type CheckoutField =
  | "customer_email"
  | "customer_name"
  | "country"
  | "card_number"
  | "card_expiry"
  | "card_cvc";

/** What the hosted checkout shows. */
export interface CheckoutPageView {
  nonce: string;
  checkout: models.Checkout;
  organizationName: string;
  /** The customer is known: their address is shown and cannot be changed. */
  emailLocked: boolean;
  /** Why the last payment failed. */
  error: string | null;
  /** Waiting for the payer to confirm with their bank. */
  requiresAction: boolean;
  /** What was typed in before, to be filled in again. */
  values: { email: string; name: string; country: string; cardNumber: string };
  fieldErrors: Partial<Record<CheckoutField, string>>;
}

/** What the customer portal shows. */
export interface PortalPageView {
  nonce: string;
  token: string;
  organizationName: string;
  customer: models.Customer;
  returnUrl: string | null;
  notice: string | null;
  subscriptions: models.Subscription[];
  orders: models.Order[];
  meters: models.CustomerMeter[];
  card: { brand: string; last4: string; exp_month: number; exp_year: number } | null;
  /** The present, ISO 8601 UTC. */
  now: string;
  invoiceUrl: (orderId: string) => string;
}
