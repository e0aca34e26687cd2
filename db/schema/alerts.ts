import { sql } from "drizzle-orm";
import { bigint, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** What was wrong with the app, and from when to when. One at a time is open of each key. */
export const alerts = pgTable(
  "alerts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    key: text("key").notNull(),
    severity: text("severity").$type<"critical" | "warning">().notNull(),
    /** What was wrong when it was last looked at. */
    summary: text("summary").notNull(),
    openedAt: moment("opened_at").notNull().defaultNow(),
    seenAt: moment("seen_at").notNull().defaultNow(),
    resolvedAt: moment("resolved_at"),
  },
  (table) => [uniqueIndex("alerts_open_idx").on(table.key).where(sql`resolved_at is null`)],
);
