import { sql } from "drizzle-orm";
import { text, timestamp } from "drizzle-orm/pg-core";

/**
 * A moment kept to the microsecond. Polar writes microseconds, which a JavaScript Date cuts off, so these
 * columns travel as strings and are compared by PostgreSQL alone.
 */
export const preciseMoment = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 6, mode: "string" });

/**
 * What every mirrored Polar object carries. `versionAt` is coalesce(modified_at, created_at) of the
 * snapshot, `observedAt` when Polar told us (a webhook's envelope timestamp, a pull's response date less its
 * duration); the pair orders snapshots, and `digest`, a hash of what the snapshot says, those of one moment.
 * `deletedAt` is the tombstone; `missingSince` is when Polar first answered that there is no such object (404),
 * without having told of a deletion. There are no foreign keys between mirrored tables: an order may come before
 * its subscription.
 */
export const mirrorColumns = {
  id: text("id").primaryKey(),
  workspaceId: text("workspace_id"),
  customerId: text("customer_id"),
  versionAt: preciseMoment("version_at").notNull(),
  observedAt: preciseMoment("observed_at").notNull(),
  digest: text("digest").notNull().default(""),
  deletedAt: preciseMoment("deleted_at"),
  missingSince: preciseMoment("missing_since"),
  syncedAt: timestamp("synced_at", { withTimezone: true }).notNull().default(sql`now()`),
};
