import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base, Metadata } from "./base.ts";
import type { TaxId } from "./customers.ts";

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
