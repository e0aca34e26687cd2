import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * The processes that run jobs, by the name under which the job engine locks jobs for them. `seenAt` is the
 * last sign of life, `since` when the present unbroken row of them began. `endsAt` is when the host will have ended
 * the process, where it grants only so long.
 */
export const workers = pgTable("workers", {
  id: text("id").primaryKey(),
  since: timestamp("since", { withTimezone: true }).notNull().defaultNow(),
  seenAt: timestamp("seen_at", { withTimezone: true }).notNull().defaultNow(),
  endsAt: timestamp("ends_at", { withTimezone: true }),
});
