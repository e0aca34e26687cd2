import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

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
    /** Where in a trace it was begun (W3C), for what Polar tells of it later. */
    traceparent: text("traceparent"),
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
    index("subscription_changes_workspace_idx").on(table.workspaceId, table.createdAt),
    uniqueIndex("subscription_changes_one").on(table.workspaceId).where(sql`status = 'pending'`),
  ],
);
