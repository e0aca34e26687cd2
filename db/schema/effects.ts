import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { preciseMoment } from "./mirror";

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
