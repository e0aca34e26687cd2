import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/**
 * What was used, and the outbox to Polar in one: a billable row waits here until `sentAt` is set. The row's
 * id is the event's `external_id` at Polar, so sending it twice counts once.
 */
export const usageEvents = pgTable(
  "usage_events",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    workspaceId: text("workspace_id").notNull(),
    name: text("name").notNull(),
    units: integer("units").notNull(),
    billable: boolean("billable").notNull(),
    /** How many of the workspace's pack units this use took: what the plan's allowance did not cover. */
    packUnits: integer("pack_units").notNull().default(0),
    idempotencyKey: text("idempotency_key").notNull(),
    occurredAt: timestamp("occurred_at", { withTimezone: true }).notNull().default(sql`now()`),
    sentAt: timestamp("sent_at", { withTimezone: true }),
    rejectedReason: text("rejected_reason"),
  },
  (table) => [
    uniqueIndex("usage_events_once").on(table.workspaceId, table.idempotencyKey),
    index("usage_events_window_idx").on(table.workspaceId, table.occurredAt),
    index("usage_events_packs_idx").on(table.workspaceId).where(sql`pack_units > 0`),
    index("usage_events_outbox_idx")
      .on(table.occurredAt)
      .where(sql`billable and sent_at is null and rejected_reason is null`),
  ],
);
