import "server-only";
import { eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import * as tables from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { pagesOf } from "./pages";
import { type ExportRow, exportLists, type ListName } from "./schema";
import { iso, money } from "./values";

type List = { table: PgTable; rows: (viewer: Viewer) => AsyncGenerator<object[]> };

/** A list of the export: whose rows, in which order, and what of each is given. */
function list<Name extends ListName, Table extends PgTable>(
  _name: Name,
  table: Table,
  whose: (viewer: Viewer) => SQL | undefined,
  keys: PgColumn[],
  toRow: (row: Table["$inferSelect"]) => ExportRow<Name>,
): List {
  return {
    table,
    async *rows(viewer) {
      for await (const page of pagesOf(table, whose(viewer), keys)) yield page.map(toRow);
    },
  };
}

const of =
  ({ workspaceId }: { workspaceId: PgColumn }) =>
  (viewer: Viewer) =>
    eq(workspaceId, viewer.workspaceId);

const {
  accounts,
  apiKeys,
  auditLog,
  benefitGrants,
  checkoutIntents,
  checkouts,
  customerMeters,
  customers,
  emails,
  orders,
  pastDueEpisodes,
  refunds,
  sessions,
  subscriptionChanges,
  subscriptions,
  spendingCaps,
  usageArchive,
  usageEvents,
  usageHours,
  usagePeriods,
} = tables;

type StoredUse = typeof usageEvents.$inferSelect | typeof usageArchive.$inferSelect;

const toUse = (row: StoredUse): ExportRow<"usage_events"> => ({
  id: row.id,
  name: row.name,
  units: row.units,
  billable_units: row.billableUnits,
  pack_units: row.packUnits,
  kept_units: row.keptUnits,
  metadata: row.metadata,
  source: row.source,
  occurred_at: iso(row.occurredAt),
  settled_at: iso(row.settledAt),
});

/** Where each list of the export comes from. Tokens and other secrets are left out. */
export const lists: { [Name in ListName]: List } = {
  linked_providers: list(
    "linked_providers",
    accounts,
    ({ userId }) => eq(accounts.userId, userId),
    [accounts.provider, accounts.providerAccountId],
    ({ provider, providerAccountId, scope }) => ({
      provider,
      account_id: providerAccountId,
      scope,
    }),
  ),
  sessions: list(
    "sessions",
    sessions,
    ({ userId }) => eq(sessions.userId, userId),
    [sessions.sessionToken],
    ({ expires }) => ({ expires_at: iso(expires) }),
  ),
  api_keys: list("api_keys", apiKeys, of(apiKeys), [apiKeys.id], (row) => ({
    key_id: row.publicId,
    name: row.name,
    scopes: row.scopes,
    created_at: iso(row.createdAt),
    expires_at: iso(row.expiresAt),
    revoked_at: iso(row.revokedAt),
    last_used_at: iso(row.lastUsedAt),
  })),
  customers: list("customers", customers, of(customers), [customers.id], ({ id, email }) => ({
    id,
    email,
  })),
  checkout_intents: list(
    "checkout_intents",
    checkoutIntents,
    of(checkoutIntents),
    [checkoutIntents.createdAt, checkoutIntents.id],
    (row) => ({
      id: row.id,
      product: row.product,
      status: row.status,
      checkout_id: row.polarCheckoutId,
      metadata: row.metadata,
      created_at: iso(row.createdAt),
    }),
  ),
  checkouts: list("checkouts", checkouts, of(checkouts), [checkouts.id], (row) => ({
    id: row.id,
    status: row.status,
    product: row.productKey,
    amount: row.amount !== null && row.currency ? money(row.amount, row.currency) : null,
    expires_at: iso(row.expiresAt),
  })),
  subscriptions: list(
    "subscriptions",
    subscriptions,
    of(subscriptions),
    [subscriptions.id],
    (row) => ({
      id: row.id,
      customer_id: row.customerId,
      product: row.productKey,
      status: row.status,
      price: money(row.amount, row.currency),
      interval: row.interval,
      started_at: iso(row.startedAt),
      trial_end: iso(row.trialEnd),
      current_period_start: iso(row.currentPeriodStart),
      current_period_end: iso(row.currentPeriodEnd),
      cancel_at_period_end: row.cancelAtPeriodEnd,
      ends_at: iso(row.endsAt),
      ended_at: iso(row.endedAt),
      past_due_at: iso(row.pastDueAt),
      pause_at_period_end: row.pauseAtPeriodEnd,
      resumes_at: iso(row.resumesAt),
    }),
  ),
  subscription_changes: list(
    "subscription_changes",
    subscriptionChanges,
    of(subscriptionChanges),
    [subscriptionChanges.createdAt, subscriptionChanges.id],
    (row) => ({
      id: row.id,
      action: row.action,
      product: row.product,
      status: row.status,
      outcome: row.outcome,
      created_at: iso(row.createdAt),
      settled_at: iso(row.settledAt),
    }),
  ),
  past_due_episodes: list(
    "past_due_episodes",
    pastDueEpisodes,
    (viewer) =>
      inArray(
        pastDueEpisodes.subscriptionId,
        db().select({ id: subscriptions.id }).from(subscriptions).where(of(subscriptions)(viewer)),
      ),
    [pastDueEpisodes.subscriptionId, pastDueEpisodes.since],
    (row) => ({
      subscription_id: row.subscriptionId,
      since: iso(row.since),
      recovered_at: iso(row.recoveredAt),
    }),
  ),
  orders: list("orders", orders, of(orders), [orders.placedAt, orders.id], (row) => ({
    id: row.id,
    invoice_number: row.invoiceNumber,
    placed_at: iso(row.placedAt),
    status: row.status,
    paid: row.paid,
    billing_reason: row.billingReason,
    product: row.productKey,
    description: row.description,
    net: money(row.netAmount, row.currency),
    tax: money(row.taxAmount, row.currency),
    total: money(row.totalAmount, row.currency),
    applied_balance: money(row.appliedBalanceAmount, row.currency),
    due: money(row.dueAmount, row.currency),
    refunded: money(row.refundedAmount, row.currency),
    refunded_tax: money(row.refundedTaxAmount, row.currency),
    subscription_id: row.subscriptionId,
    checkout_id: row.checkoutId,
  })),
  refunds: list("refunds", refunds, of(refunds), [refunds.id], (row) => ({
    id: row.id,
    order_id: row.orderId,
    status: row.status,
    reason: row.reason,
    net: money(row.amount, row.currency),
    tax: money(row.taxAmount, row.currency),
  })),
  benefit_grants: list(
    "benefit_grants",
    benefitGrants,
    of(benefitGrants),
    [benefitGrants.id],
    (row) => ({
      id: row.id,
      benefit: row.benefitKey,
      benefit_type: row.benefitType,
      is_granted: row.isGranted,
      units: row.units,
      subscription_id: row.subscriptionId,
      order_id: row.orderId,
    }),
  ),
  meters: list("meters", customerMeters, of(customerMeters), [customerMeters.id], (row) => ({
    id: row.id,
    meter: row.meterKey,
    consumed_units: row.consumedUnits,
    credited_units: row.creditedUnits,
    balance: row.balance,
    read_at: iso(row.observedAt),
  })),
  emails: list(
    "emails",
    emails,
    ({ workspaceId, email }) =>
      or(
        eq(emails.workspaceId, workspaceId),
        eq(sql`lower(${emails.recipient})`, email.toLowerCase()),
      ),
    [emails.createdAt, emails.id],
    (row) => ({
      id: row.id,
      template: row.template,
      recipient: row.recipient,
      content: row.template === "sign-in" ? null : row.props,
      created_at: iso(row.createdAt),
      sent_at: iso(row.sentAt),
    }),
  ),
  audit_log: list("audit_log", auditLog, of(auditLog), [auditLog.at, auditLog.id], (row) => ({
    id: row.id,
    at: iso(row.at),
    action: row.action,
    object_type: row.objectType,
    object_id: row.objectId,
    before: row.before,
    after: row.after,
  })),
  usage_events: list(
    "usage_events",
    usageEvents,
    of(usageEvents),
    [usageEvents.occurredAt, usageEvents.id],
    toUse,
  ),
  usage_archive: list(
    "usage_archive",
    usageArchive,
    of(usageArchive),
    [usageArchive.settledAt, usageArchive.id],
    toUse,
  ),
  usage_hours: list(
    "usage_hours",
    usageHours,
    of(usageHours),
    [usageHours.hour, usageHours.source],
    (row) => ({
      hour: iso(row.hour),
      source: row.source || null,
      billable_units: row.billableUnits,
      free_units: row.freeUnits,
      pack_units: row.packUnits,
      kept_units: row.keptUnits,
    }),
  ),
  usage_periods: list(
    "usage_periods",
    usagePeriods,
    of(usagePeriods),
    [usagePeriods.startedAt],
    (row) => ({
      started_at: iso(row.startedAt),
      ends_at: iso(row.endsAt),
      plan: row.plan,
      used_units: row.usedUnits,
      included_units: row.includedUnits,
      overage_units: row.overageUnits,
    }),
  ),
  spending_caps: list(
    "spending_caps",
    spendingCaps,
    of(spendingCaps),
    [spendingCaps.workspaceId],
    ({ amount, currency, updatedAt }) => ({
      cap: money(amount, currency),
      updated_at: iso(updatedAt),
    }),
  ),
};

/** The lists in the order in which they stand in the file. */
export const listNames = Object.keys(exportLists) as ListName[];
