import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Mails to send once each: the job that sends one locks its row and sets `sentAt`. */
export const emails = pgTable(
  "emails",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    key: text("key").notNull().unique(),
    workspaceId: text("workspace_id"),
    recipient: text("recipient").notNull(),
    template: text("template").notNull(),
    props: jsonb("props").notNull(),
    attempts: integer("attempts").notNull().default(0),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    sentAt: timestamp("sent_at", { withTimezone: true }),
  },
  (table) => [
    index("emails_workspace_idx").on(table.workspaceId, table.createdAt),
    index("emails_recipient_idx").on(sql`lower(recipient)`, table.createdAt),
  ],
);
