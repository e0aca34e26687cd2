import "server-only";
import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import {
  benefitGrants,
  checkouts,
  customerMeters,
  customers,
  orders,
  products,
  refunds,
  subscriptions,
} from "@/db/schema";
import { catalogKey } from "../catalog-key";
import { digestOf } from "./canonical";
import {
  benefitGrantSnapshot,
  checkoutSnapshot,
  customerMeterSnapshot,
  customerSnapshot,
  orderSnapshot,
  productSnapshot,
  refundSnapshot,
  subscriptionSnapshot,
} from "./snapshots";

type Base = { id: string; created_at: string; modified_at: string | null };

function version(snapshot: Base, observedAt: string) {
  return { id: snapshot.id, versionAt: snapshot.modified_at ?? snapshot.created_at, observedAt };
}

function customerRow(
  snapshot: z.infer<typeof customerSnapshot>,
  observedAt: string,
): typeof customers.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    workspaceId: snapshot.external_id,
    customerId: snapshot.id,
    deletedAt: snapshot.deleted_at,
    email: snapshot.email,
  };
}

function productRow(
  snapshot: z.infer<typeof productSnapshot>,
  observedAt: string,
): typeof products.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    key: catalogKey(snapshot),
    name: snapshot.name,
    isArchived: snapshot.is_archived,
  };
}

function checkoutRow(
  snapshot: z.infer<typeof checkoutSnapshot>,
  observedAt: string,
): typeof checkouts.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    workspaceId: snapshot.external_customer_id,
    customerId: snapshot.customer_id,
    status: snapshot.status,
    productKey: catalogKey(snapshot.product),
    amount: snapshot.total_amount ?? null,
    currency: snapshot.currency,
    expiresAt: snapshot.expires_at,
  };
}

function subscriptionRow(
  snapshot: z.infer<typeof subscriptionSnapshot>,
  observedAt: string,
): typeof subscriptions.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    workspaceId: snapshot.customer.external_id,
    customerId: snapshot.customer_id,
    productId: snapshot.product_id,
    productKey: catalogKey(snapshot.product),
    status: snapshot.status,
    amount: snapshot.amount,
    currency: snapshot.currency,
    interval: snapshot.recurring_interval,
    startedAt: snapshot.started_at,
    trialEnd: snapshot.trial_end,
    currentPeriodStart: snapshot.current_period_start,
    currentPeriodEnd: snapshot.current_period_end,
    meterPeriodStart: snapshot.current_meter_period_start,
    meterPeriodEnd: snapshot.current_meter_period_end,
    cancelAtPeriodEnd: snapshot.cancel_at_period_end,
    canceledAt: snapshot.canceled_at,
    endsAt: snapshot.ends_at,
    endedAt: snapshot.ended_at,
    pastDueAt: snapshot.past_due_at,
    pendingProductId: snapshot.pending_update?.product_id ?? null,
    pendingAppliesAt: snapshot.pending_update?.applies_at ?? null,
    pauseAtPeriodEnd: snapshot.pause_at_period_end ?? false,
    resumesAt: snapshot.resumes_at,
    discountBasisPoints: snapshot.discount?.basis_points ?? null,
    discountAmount: snapshot.discount?.amount ?? null,
    discountId: snapshot.discount?.id ?? null,
    discountDuration: snapshot.discount?.duration ?? null,
    discountMonths: snapshot.discount?.duration_in_months ?? null,
  };
}

function orderRow(
  snapshot: z.infer<typeof orderSnapshot>,
  observedAt: string,
): typeof orders.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    workspaceId: snapshot.customer.external_id,
    customerId: snapshot.customer_id,
    status: snapshot.status,
    billingReason: snapshot.billing_reason,
    productId: snapshot.product_id,
    productKey: catalogKey(snapshot.product),
    subscriptionId: snapshot.subscription_id,
    checkoutId: snapshot.checkout_id,
    description: snapshot.description,
    invoiceNumber: snapshot.invoice_number,
    currency: snapshot.currency,
    netAmount: snapshot.net_amount,
    taxAmount: snapshot.tax_amount,
    totalAmount: snapshot.total_amount,
    refundedAmount: snapshot.refunded_amount,
    refundedTaxAmount: snapshot.refunded_tax_amount,
    discountId: snapshot.discount_id,
    discountAmount: snapshot.discount_amount,
    appliedBalanceAmount: snapshot.applied_balance_amount,
    dueAmount: snapshot.due_amount,
    paid: snapshot.paid,
    placedAt: snapshot.created_at,
  };
}

function refundRow(
  snapshot: z.infer<typeof refundSnapshot>,
  observedAt: string,
): typeof refunds.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    customerId: snapshot.customer_id,
    orderId: snapshot.order_id,
    subscriptionId: snapshot.subscription_id,
    status: snapshot.status,
    reason: snapshot.reason,
    amount: snapshot.amount,
    taxAmount: snapshot.tax_amount,
    currency: snapshot.currency,
    revokeBenefits: snapshot.revoke_benefits,
  };
}

/**
 * What a grant was worth when it was last credited, negative where that was taken back (polarsource/polar,
 * meter_credit/service.py). The benefit beside it tells what one of today would be worth.
 */
function unitsOf({ properties, benefit }: z.infer<typeof benefitGrantSnapshot>): number | null {
  const credited = properties.last_credited_units ?? benefit.properties.units;
  return typeof credited === "number" ? Math.abs(credited) : null;
}

function benefitGrantRow(
  snapshot: z.infer<typeof benefitGrantSnapshot>,
  observedAt: string,
): typeof benefitGrants.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    workspaceId: snapshot.customer.external_id,
    customerId: snapshot.customer_id,
    benefitId: snapshot.benefit_id,
    benefitKey: catalogKey(snapshot.benefit),
    benefitType: snapshot.benefit.type,
    isGranted: snapshot.is_granted,
    revokedAt: snapshot.revoked_at,
    units: unitsOf(snapshot),
    subscriptionId: snapshot.subscription_id,
    orderId: snapshot.order_id,
  };
}

function customerMeterRow(
  snapshot: z.infer<typeof customerMeterSnapshot>,
  observedAt: string,
): typeof customerMeters.$inferInsert {
  return {
    ...version(snapshot, observedAt),
    workspaceId: snapshot.customer.external_id,
    customerId: snapshot.customer_id,
    meterId: snapshot.meter_id,
    meterKey: catalogKey(snapshot.meter),
    consumedUnits: snapshot.consumed_units,
    creditedUnits: snapshot.credited_units,
    balance: snapshot.balance,
  };
}

/** A kind of mirrored object: how to read Polar's snapshot of it, and where its row goes. */
function kind<Table, Snapshot extends z.ZodType>(
  name: string,
  table: Table,
  snapshot: Snapshot,
  toRow: (snapshot: z.infer<Snapshot>, observedAt: string) => Omit<MirrorRow, "digest">,
) {
  return {
    name,
    table,
    read(data: unknown, observedAt: string): MirrorRow {
      const found = snapshot.safeParse(data);
      if (found.success) {
        const row = toRow(found.data, observedAt);
        return { ...row, digest: digestOf(row) };
      }
      const wrong = found.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
      throw new Error(`This ${name} cannot be read: ${wrong.join("; ")}`);
    },
  };
}

/** A mirrored table's row, of whichever kind. */
export type MirrorRow = {
  id: string;
  workspaceId?: string | null;
  /** Polar's id of whose it is. */
  customerId?: string | null;
  /** A refund's order. */
  orderId?: string | null;
  status?: string;
  endedAt?: string | null;
  versionAt: string;
  observedAt: string;
  digest: string;
  deletedAt?: string | null;
};

export const mirrored = {
  customer: kind("customer", customers, customerSnapshot, customerRow),
  product: kind("product", products, productSnapshot, productRow),
  checkout: kind("checkout", checkouts, checkoutSnapshot, checkoutRow),
  subscription: kind("subscription", subscriptions, subscriptionSnapshot, subscriptionRow),
  order: kind("order", orders, orderSnapshot, orderRow),
  refund: kind("refund", refunds, refundSnapshot, refundRow),
  benefit_grant: kind("benefit_grant", benefitGrants, benefitGrantSnapshot, benefitGrantRow),
  customer_meter: kind("customer_meter", customerMeters, customerMeterSnapshot, customerMeterRow),
} as const;

export type MirrorKind = keyof typeof mirrored;

/** A kind's table, seen as what all of them have. */
export type MirrorTable = PgTable & typeof customers;

export function tableOf(kind: MirrorKind): MirrorTable {
  return mirrored[kind].table as MirrorTable;
}
