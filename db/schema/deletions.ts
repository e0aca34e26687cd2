import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * Accounts that were asked to be deleted, and how far that has come: first Polar has ended what there was,
 * then the person is forgotten here. The row stays, without a person, so that what Polar tells late is known
 * for what it is.
 */
export const accountDeletions = pgTable(
  "account_deletions",
  {
    /** A personal workspace has its user's id. */
    workspaceId: text("workspace_id").primaryKey(),
    requestedAt: timestamp("requested_at", { withTimezone: true }).notNull().defaultNow(),
    polarEndedAt: timestamp("polar_ended_at", { withTimezone: true }),
    anonymizedAt: timestamp("anonymized_at", { withTimezone: true }),
    /** Polar's ids of who it was: Polar takes the external id from a customer who is deleted. */
    customerIds: text("customer_ids").array().notNull().default(sql`'{}'::text[]`),
    /** Counts how often something alive was heard of, so that what comes while Polar is asked counts. */
    heard: integer("heard").notNull().default(0),
  },
  (table) => [
    index("account_deletions_customers_idx").using("gin", table.customerIds),
    index("account_deletions_open_idx")
      .on(table.requestedAt)
      .where(sql`polar_ended_at is null or anonymized_at is null`),
  ],
);
