import "server-only";
import { and, eq, inArray, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import {
  accounts,
  apiIdempotencyKeys,
  apiKeys,
  auditLog,
  benefitGrants,
  checkoutIntents,
  checkouts,
  customerMeters,
  customers,
  emails,
  packTotals,
  pastDueEpisodes,
  reconcileDifferences,
  reconcileRuns,
  sessions,
  spendingCaps,
  subscriptionChanges,
  subscriptions,
  usageArchive,
  usageDays,
  usageEvents,
  usageHours,
  usagePeriods,
  usageReservations,
  usageTotals,
  users,
  verificationTokens,
  workspaceMembers,
  workspaces,
} from "@/db/schema";

/** Whom to forget. `email` is null when the user's row is gone already. */
type Person = { workspaceId: string; email: string | null; customerIds: string[] };

type Erasure = { table: PgTable; rows: (person: Person) => SQL | undefined };

type Owned = PgTable & { workspaceId: PgColumn };
type OwnedAtPolar = Owned & { customerId: PgColumn };

const ofWorkspace = (table: Owned): Erasure => ({
  table,
  rows: ({ workspaceId }) => eq(table.workspaceId, workspaceId),
});

const ofCustomer = (table: OwnedAtPolar): Erasure => ({
  table,
  rows: ({ workspaceId, customerIds }) =>
    or(eq(table.workspaceId, workspaceId), inArray(table.customerId, customerIds)),
});

/** A personal workspace has its user's id. */
const ofUser = (table: PgTable & { userId: PgColumn }): Erasure => ({
  table,
  rows: ({ workspaceId }) => eq(table.userId, workspaceId),
});

const isAddress = (column: PgColumn, { email }: Person) =>
  email === null ? undefined : eq(sql`lower(${column})`, email.toLowerCase());

/** What is deleted, in this order: later rows are what earlier ones are found by. */
export const erasures: readonly Erasure[] = [
  {
    table: pastDueEpisodes,
    rows: ({ workspaceId }) =>
      inArray(
        pastDueEpisodes.subscriptionId,
        db()
          .select({ id: subscriptions.id })
          .from(subscriptions)
          .where(eq(subscriptions.workspaceId, workspaceId)),
      ),
  },
  ofCustomer(subscriptions),
  ofCustomer(benefitGrants),
  ofCustomer(customerMeters),
  ofCustomer(checkouts),
  ofCustomer(customers),
  ofWorkspace(checkoutIntents),
  ofWorkspace(subscriptionChanges),
  ofWorkspace(usageEvents),
  ofWorkspace(usageArchive),
  ofWorkspace(usageHours),
  ofWorkspace(usageDays),
  ofWorkspace(usageTotals),
  ofWorkspace(packTotals),
  ofWorkspace(usagePeriods),
  ofWorkspace(usageReservations),
  ofWorkspace(spendingCaps),
  ofWorkspace(apiKeys),
  ofWorkspace(apiIdempotencyKeys),
  ofWorkspace(reconcileDifferences),
  ofWorkspace(reconcileRuns),
  {
    table: auditLog,
    rows: ({ workspaceId }) =>
      and(
        eq(auditLog.workspaceId, workspaceId),
        notInArray(auditLog.objectType, ["order", "refund"]),
      ),
  },
  {
    table: emails,
    rows: (person) =>
      or(eq(emails.workspaceId, person.workspaceId), isAddress(emails.recipient, person)),
  },
  {
    table: verificationTokens,
    rows: (person) => isAddress(verificationTokens.identifier, person) ?? sql`false`,
  },
  ofUser(sessions),
  ofUser(accounts),
  ofUser(workspaceMembers),
  { table: workspaces, rows: ({ workspaceId }) => eq(workspaces.id, workspaceId) },
  { table: users, rows: ({ workspaceId }) => eq(users.id, workspaceId) },
];

/** What a deletion leaves, by the table's name in the database, and why that names nobody. */
export const keptTables: Readonly<Record<string, string>> = {
  account_deletions: "says that there was an account, and by which ids Polar may still tell of it",
  admin_actions: "says what an admin did, without their address, which a deletion takes",
  doctor_answers: "says what was answered for, without the name, which a deletion takes",
  orders: "amounts, dates and ids for the books",
  refunds: "amounts, dates and ids for the books",
  products: "belong to nobody",
  webhook_inbox: "its bodies are emptied; types, ids and times stay for whoever looks for a fault",
};
