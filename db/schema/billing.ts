import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { mirrorColumns, preciseMoment } from "./mirror";

const minorUnits = (name: string) => bigint(name, { mode: "number" });

/**
 * How far a purchase has come: `pending` until Polar has made its checkout, `failed` when it did not, then
 * what became of that checkout; `abandoned` when it expired or was never finished.
 */
export type IntentStatus = "pending" | "failed" | "open" | "confirmed" | "succeeded" | "abandoned";

/** What somebody set out to buy, written before Polar is asked. */
export const checkoutIntents = pgTable(
  "checkout_intents",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    workspaceId: text("workspace_id").notNull(),
    product: text("product").notNull(),
    status: text("status").$type<IntentStatus>().notNull().default("pending"),
    polarCheckoutId: text("polar_checkout_id").unique(),
    failure: text("failure"),
    metadata: jsonb("metadata").$type<Record<string, string>>().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("checkout_intents_workspace_idx").on(table.workspaceId),
    index("checkout_intents_unfinished_idx")
      .on(table.createdAt)
      .where(sql`status in ('pending', 'open', 'confirmed')`),
  ],
);

/**
 * What somebody asked to change of a subscription, written before Polar is asked. A workspace has one that
 * is under way at most: so double clicks and several tabs make one change.
 */
export const subscriptionChanges = pgTable(
  "subscription_changes",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    workspaceId: text("workspace_id").notNull(),
    userId: text("user_id").notNull(),
    action: text("action").notNull(),
    product: text("product"),
    status: text("status").$type<"pending" | "settled">().notNull().default("pending"),
    outcome: text("outcome"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    settledAt: timestamp("settled_at", { withTimezone: true }),
  },
  (table) => [
    uniqueIndex("subscription_changes_one").on(table.workspaceId).where(sql`status = 'pending'`),
  ],
);

export const customers = pgTable(
  "customers",
  { ...mirrorColumns, email: text("email") },
  (table) => [index("customers_workspace_idx").on(table.workspaceId)],
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

/**
 * Each time that a subscription was seen past due: since when, and whether it was paid after all. What is
 * mailed about it hangs on its keys in `side_effects`.
 */
export const pastDueEpisodes = pgTable(
  "past_due_episodes",
  {
    subscriptionId: text("subscription_id").notNull(),
    since: preciseMoment("since").notNull(),
    recoveredAt: timestamp("recovered_at", { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.subscriptionId, table.since] })],
);

/** One row for each thing that must happen once: a mail, a fulfilment. The key says which. */
export const sideEffects = pgTable("side_effects", {
  key: text("key").primaryKey(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

/**
 * What happened to whom, and what told us. Append-only: triggers refuse every update, delete and truncate but
 * that of an account's deletion (`lib/account/deletion/forget.ts`).
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true }).notNull().default(sql`now()`),
    workspaceId: text("workspace_id"),
    action: text("action").notNull(),
    objectType: text("object_type").notNull(),
    objectId: text("object_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    webhookId: text("webhook_id"),
  },
  (table) => [
    index("audit_log_workspace_idx").on(table.workspaceId, table.at),
    index("audit_log_refunds_idx")
      .on(table.objectId)
      .where(sql`object_type = 'refund' and after->>'status' = 'succeeded'`),
  ],
);

/** Verified webhooks, stored before they are acknowledged. `body` is what Polar sent, to the byte. */
export const webhookInbox = pgTable(
  "webhook_inbox",
  {
    webhookId: text("webhook_id").primaryKey(),
    type: text("type").notNull(),
    /** The id of the Polar object that it tells of. */
    objectId: text("object_id"),
    /** Polar's id of whom it tells of, where it says that. */
    customerId: text("customer_id"),
    body: text("body"),
    receivedAt: timestamp("received_at", { withTimezone: true }).notNull().defaultNow(),
    status: text("status")
      .$type<"pending" | "applied" | "ignored" | "failed">()
      .notNull()
      .default("pending"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: timestamp("next_attempt_at", { withTimezone: true }).notNull().defaultNow(),
    settledAt: timestamp("settled_at", { withTimezone: true }),
    lastError: text("last_error"),
    requestId: text("request_id"),
  },
  (table) => [
    index("webhook_inbox_due_idx").on(table.nextAttemptAt).where(sql`status = 'pending'`),
    index("webhook_inbox_dead_idx").on(table.receivedAt).where(sql`status = 'failed'`),
    index("webhook_inbox_received_idx").on(table.receivedAt),
    index("webhook_inbox_object_idx").on(table.objectId),
    index("webhook_inbox_customer_idx").on(table.customerId),
  ],
);

/** The database belongs to one Polar environment and organization; the one row says which. */
export const environmentStamp = pgTable(
  "environment_stamp",
  {
    id: integer("id").primaryKey().default(1),
    polarEnvironment: text("polar_environment").notNull(),
    polarOrganizationId: text("polar_organization_id"),
    stampedAt: timestamp("stamped_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("environment_stamp_one").on(table.id)],
);
