import { integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

/** The database belongs to one Polar environment and organization; the one row says which. */
export const environmentStamp = pgTable(
  "environment_stamp",
  {
    id: integer("id").primaryKey().default(1),
    polarEnvironment: text("polar_environment").notNull(),
    polarOrganizationId: text("polar_organization_id"),
    stampedAt: timestamp("stamped_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("environment_stamp_one").on(table.id)],
);
