import { bigint, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * What an admin did, written in the transaction that did it. Append-only: triggers refuse every update, delete and
 * truncate but one, the deletion of the admin's own account, which takes `email` (`lib/account/deletion/forget.ts`).
 */
export const adminActions = pgTable(
  "admin_actions",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    userId: text("user_id").notNull(),
    /** The address that they were signed in with. */
    email: text("email"),
    action: text("action")
      .$type<
        | "webhook.replay"
        | "webhooks.replay"
        | "job.run_again"
        | "job.delete"
        | "reconcile.start"
        | "doctor.answer"
      >()
      .notNull(),
    /** What it was done to; null where that was many, or everything. */
    objectId: text("object_id"),
    /** Ids, counts and filters: nothing that leads to a customer. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index("admin_actions_user_idx").on(table.userId, table.id)],
);
