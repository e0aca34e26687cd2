import { bigint, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * Counts that only grow, of what leaves no rows or whose rows go: account deletions and purges take nothing from
 * them. `label` is the metric's one label; nothing that leads to a person.
 */
export const counters = pgTable(
  "counters",
  {
    name: text("name").notNull(),
    label: text("label").notNull(),
    value: bigint("value", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.label] })],
);
