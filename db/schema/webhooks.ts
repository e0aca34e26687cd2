import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

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
    /** Where in a trace it was received (W3C). */
    traceparent: text("traceparent"),
  },
  (table) => [
    index("webhook_inbox_due_idx").on(table.nextAttemptAt).where(sql`status = 'pending'`),
    index("webhook_inbox_dead_idx").on(table.receivedAt).where(sql`status = 'failed'`),
    index("webhook_inbox_received_idx").on(table.receivedAt),
    index("webhook_inbox_object_idx").on(table.objectId),
    index("webhook_inbox_customer_idx").on(table.customerId, table.receivedAt),
    index("webhook_inbox_type_idx").on(table.type, table.receivedAt),
  ],
);
