import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  text,
} from "drizzle-orm/pg-core";
import { mirrorColumns, preciseMoment } from "./mirror";

const minorUnits = (name: string) => bigint(name, { mode: "number" });

export const customers = pgTable(
  "customers",
  { ...mirrorColumns, email: text("email") },
  (table) => [
    index("customers_workspace_idx").on(table.workspaceId),
    index("customers_email_idx").on(sql`lower(email) text_pattern_ops`),
  ],
);

export const products = pgTable("products", {
  ...mirrorColumns,
  key: text("key"),
  name: text("name").notNull(),
  isArchived: boolean("is_archived").notNull(),
});

export const checkouts = pgTable(
  "checkouts",
  {
    ...mirrorColumns,
    status: text("status").notNull(),
    productKey: text("product_key"),
    amount: minorUnits("amount"),
    currency: text("currency"),
    expiresAt: preciseMoment("expires_at"),
  },
  (table) => [index("checkouts_workspace_idx").on(table.workspaceId)],
);

export const subscriptions = pgTable(
  "subscriptions",
  {
    ...mirrorColumns,
    productId: text("product_id").notNull(),
    productKey: text("product_key"),
    status: text("status").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: text("currency").notNull(),
    interval: text("interval").notNull(),
    startedAt: preciseMoment("started_at"),
    trialEnd: preciseMoment("trial_end"),
    currentPeriodStart: preciseMoment("current_period_start").notNull(),
    currentPeriodEnd: preciseMoment("current_period_end"),
    meterPeriodStart: preciseMoment("meter_period_start"),
    meterPeriodEnd: preciseMoment("meter_period_end"),
    cancelAtPeriodEnd: boolean("cancel_at_period_end").notNull(),
    canceledAt: preciseMoment("canceled_at"),
    endsAt: preciseMoment("ends_at"),
    endedAt: preciseMoment("ended_at"),
    pastDueAt: preciseMoment("past_due_at"),
    pendingProductId: text("pending_product_id"),
    pendingAppliesAt: preciseMoment("pending_applies_at"),
    pauseAtPeriodEnd: boolean("pause_at_period_end").notNull().default(false),
    resumesAt: preciseMoment("resumes_at"),
    discountBasisPoints: integer("discount_basis_points"),
    discountAmount: minorUnits("discount_amount"),
    discountId: text("discount_id"),
    discountDuration: text("discount_duration"),
    discountMonths: integer("discount_months"),
  },
  (table) => [
    index("subscriptions_workspace_idx").on(table.workspaceId),
    index("subscriptions_status_idx").on(table.status).where(sql`deleted_at is null`),
  ],
);

export const orders = pgTable(
  "orders",
  {
    ...mirrorColumns,
    status: text("status").notNull(),
    billingReason: text("billing_reason").notNull(),
    productId: text("product_id"),
    productKey: text("product_key"),
    subscriptionId: text("subscription_id"),
    checkoutId: text("checkout_id"),
    description: text("description").notNull(),
    invoiceNumber: text("invoice_number"),
    currency: text("currency").notNull(),
    netAmount: minorUnits("net_amount").notNull(),
    taxAmount: minorUnits("tax_amount").notNull(),
    totalAmount: minorUnits("total_amount").notNull(),
    /** What credit paid, as a negative amount, or what was still owed from before. */
    appliedBalanceAmount: minorUnits("applied_balance_amount").notNull().default(0),
    /** The total with `appliedBalanceAmount`: what the card is charged. */
    dueAmount: minorUnits("due_amount").notNull(),
    refundedAmount: minorUnits("refunded_amount").notNull(),
    refundedTaxAmount: minorUnits("refunded_tax_amount").notNull(),
    discountId: text("discount_id"),
    /** What a discount took off; nothing of a trial's order, with which a discount does not begin. */
    discountAmount: minorUnits("discount_amount").notNull().default(0),
    paid: boolean("paid").notNull(),
    placedAt: preciseMoment("placed_at").notNull(),
  },
  (table) => [
    index("orders_workspace_idx").on(table.workspaceId, table.placedAt),
    index("orders_checkout_idx").on(table.checkoutId),
    // Holds what a month's revenue is summed up from.
    index("orders_placed_idx")
      .on(table.placedAt, table.currency, table.totalAmount, table.taxAmount)
      .where(sql`paid`),
    // Holds all that the metrics sum up, so that they read no row.
    index("orders_paid_idx")
      .on(table.productKey, table.billingReason, table.currency, table.totalAmount, table.taxAmount)
      .where(sql`paid`),
  ],
);

/** Money given back. `amount` is net of `taxAmount`, as an order's `netAmount` is of its own. */
export const refunds = pgTable(
  "refunds",
  {
    ...mirrorColumns,
    orderId: text("order_id").notNull(),
    subscriptionId: text("subscription_id"),
    status: text("status").notNull(),
    reason: text("reason").notNull(),
    amount: minorUnits("amount").notNull(),
    taxAmount: minorUnits("tax_amount").notNull(),
    currency: text("currency").notNull(),
    revokeBenefits: boolean("revoke_benefits").notNull(),
  },
  (table) => [
    index("refunds_workspace_idx").on(table.workspaceId),
    index("refunds_order_idx").on(table.orderId),
    index("refunds_succeeded_idx")
      .on(table.versionAt, table.currency, table.amount)
      .where(sql`status = 'succeeded'`),
  ],
);

export const benefitGrants = pgTable(
  "benefit_grants",
  {
    ...mirrorColumns,
    benefitId: text("benefit_id").notNull(),
    benefitKey: text("benefit_key"),
    benefitType: text("benefit_type").notNull(),
    isGranted: boolean("is_granted").notNull(),
    revokedAt: preciseMoment("revoked_at"),
    units: doublePrecision("units"),
    subscriptionId: text("subscription_id"),
    orderId: text("order_id"),
  },
  (table) => [index("benefit_grants_workspace_idx").on(table.workspaceId)],
);

/** Polar's own count of a customer's use of a meter, from the last pull. */
export const customerMeters = pgTable(
  "customer_meters",
  {
    ...mirrorColumns,
    meterId: text("meter_id").notNull(),
    meterKey: text("meter_key"),
    consumedUnits: doublePrecision("consumed_units").notNull(),
    creditedUnits: doublePrecision("credited_units").notNull(),
    balance: doublePrecision("balance").notNull(),
  },
  (table) => [index("customer_meters_workspace_idx").on(table.workspaceId)],
);
