import type { models } from "@polar-sh/sdk/2026-10";

/** The fields of the checkout form, as they are posted. */
export type CheckoutField =
  | "customer_email"
  | "customer_name"
  | "country"
  | "card_number"
  | "card_expiry"
  | "card_cvc";

/** The fields beside that form. */
export type ChoiceField = "amount" | "seats" | "discount_code";

/** What the checkout page shows. */
export interface CheckoutPageView {
  nonce: string;
  checkout: models.Checkout;
  organizationName: string;
  /** The customer is known: the e-mail is shown and cannot be changed. */
  emailLocked: boolean;
  /** Why the last payment failed. */
  error: string | null;
  /** Waiting for the payer to confirm with their bank. */
  requiresAction: boolean;
  /** What to fill in again after an error. */
  values: { email: string; name: string; country: string; cardNumber: string };
  /** What was typed in beside it and could not be taken. */
  typed: Partial<Record<ChoiceField, string>>;
  fieldErrors: Partial<Record<CheckoutField | ChoiceField, string>>;
}

/** A license key of the customer. */
export interface LicenseKeyView {
  key: models.LicenseKeyWithActivations;
  /** What the key is for, in its seller's words. */
  name: string;
  /** Whether the customer may see where it is in use, and free a place. */
  showsActivations: boolean;
}

/** What the customer portal shows. */
export interface PortalPageView {
  nonce: string;
  /** The customer session's token, posted along with every action. */
  token: string;
  organizationName: string;
  customer: models.Customer;
  returnUrl: string | null;
  /** What the last action did. */
  notice: string | null;
  /** Why the card could not be saved. */
  error: string | null;
  /** Why another action could not be done. */
  refusal: string | null;
  subscriptions: models.Subscription[];
  orders: models.Order[];
  /** What a subscription may be changed to. */
  plans: models.Product[];
  prorationBehavior: models.SubscriptionProrationBehavior;
  meters: models.CustomerMeter[];
  benefits: models.CustomerBenefitGrant[];
  licenseKeys: LicenseKeyView[];
  cards: models.PaymentMethodCard[];
  /** Which of the cards is charged. */
  chargedCardId: string | null;
  /** The present of the simulated clock, ISO 8601 UTC. */
  now: string;
  documentUrl: (kind: "invoices" | "receipts", orderId: string) => string;
}

/** What a page with nothing but a message shows. */
export interface MessagePageView {
  title: string;
  text: string;
  link?: { href: string; label: string };
  organizationName?: string;
}
