import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true });
const total = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);

/** What `usage_events` and its archive hold of a use. */
const use = () => ({
  id: uuid("id").notNull().defaultRandom(),
  workspaceId: text("workspace_id").notNull(),
  name: text("name").notNull(),
  /** What the meter counts; 0 for an event that it does not count. */
  units: integer("units").notNull(),
  /** How many of them Polar's meter hears of. What is neither these nor `keptUnits` is the free plan's. */
  billableUnits: integer("billable_units").notNull().default(0),
  /**
   * Pack units that Polar has lost the credit of, and what was counted past a trial's limit: it does not hear of them,
   * or it would charge for them.
   */
  keptUnits: integer("kept_units").notNull().default(0),
  /** How many of the workspace's pack units this use took: what the plan's allowance did not cover. */
  packUnits: integer("pack_units").notNull().default(0),
  metadata: jsonb("metadata")
    .$type<Record<string, string | number | boolean>>()
    .notNull()
    .default({}),
  /** What made it, such as an API key's id; null for the app itself. */
  source: text("source"),
  idempotencyKey: text("idempotency_key").notNull(),
  occurredAt: moment("occurred_at").notNull().default(sql`now()`),
});

/**
 * What was used, and the outbox to Polar in one: a row with billable units waits here until Polar has taken
 * it. The row's id is the event's `external_id` at Polar, so sending it twice counts once.
 *
 * `settledAt` is from when on a row is in `usage_hours`: Polar's clock when it took it or, where nothing is
 * sent, when it occurred. A row that waits counts in whichever meter window is the current one.
 */
export const usageEvents = pgTable(
  "usage_events",
  {
    ...use(),
    id: uuid("id").primaryKey().defaultRandom(),
    settledAt: moment("settled_at"),
    /** Until when a worker that is sending it has it for itself. */
    claimedUntil: moment("claimed_until"),
    /** Why Polar refused it: such a row is set aside, counted and charged nowhere. */
    rejectedReason: text("rejected_reason"),
  },
  (table) => [
    uniqueIndex("usage_events_once").on(table.workspaceId, table.idempotencyKey),
    index("usage_events_settled_idx").on(table.workspaceId, table.settledAt),
    index("usage_events_waiting_idx").on(table.workspaceId).where(sql`settled_at is null`),
    index("usage_events_outbox_idx")
      .on(table.occurredAt)
      .where(sql`settled_at is null and billable_units > 0`),
    index("usage_events_free_idx")
      .on(table.occurredAt)
      .where(sql`settled_at is null and billable_units = 0`),
    index("usage_events_refused_idx").on(table.occurredAt).where(sql`rejected_reason is not null`),
    index("usage_events_age_idx").on(table.occurredAt),
  ],
);

/** Settled uses whose idempotency keys no longer count, partitioned by the month of `settledAt`. */
export const usageArchive = pgTable(
  "usage_archive",
  { ...use(), settledAt: moment("settled_at").notNull() },
  (table) => [
    primaryKey({ columns: [table.id, table.settledAt] }),
    index("usage_archive_settled_idx").on(table.workspaceId, table.settledAt),
  ],
);

/** Sums of settled uses; see `usage_hours`. */
const sums = () => ({
  billableUnits: total("billable_units"),
  freeUnits: total("free_units"),
  packUnits: total("pack_units"),
  keptUnits: total("kept_units"),
});

/**
 * Sums of settled uses by hour (UTC) and by what made them, written in the transaction that settles them: billable and
 * pack units in the hour that Polar took them, free ones in the hour that they occurred. Pack units that no use has
 * taken, or that one has taken in vain, are added or taken off here too. Never deleted.
 */
export const usageHours = pgTable(
  "usage_hours",
  {
    workspaceId: text("workspace_id").notNull(),
    hour: moment("hour").notNull(),
    /** As in `usage_events`; empty for the app itself. */
    source: text("source").notNull(),
    ...sums(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.hour, table.source] })],
);

/** The same sums by day (UTC), from which a window's use by source is read but for its first hours. */
export const usageDays = pgTable(
  "usage_days",
  {
    workspaceId: text("workspace_id").notNull(),
    day: moment("day").notNull(),
    source: text("source").notNull(),
    ...sums(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.day, table.source] })],
);

/**
 * The sums by hour of all sources together: what a workspace has used is counted from here, so that it takes as long with
 * a hundred keys as with one, however many uses there were.
 */
export const usageTotals = pgTable(
  "usage_totals",
  {
    workspaceId: text("workspace_id").notNull(),
    hour: moment("hour").notNull(),
    ...sums(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.hour] })],
);

/** All pack units that a workspace has ever taken, of those settled: the sum of `usage_hours`' own. */
export const packTotals = pgTable("pack_totals", {
  workspaceId: text("workspace_id").primaryKey(),
  packUnits: total("pack_units"),
});

/**
 * Units that are set aside for work that is under way: a row for each that holds them. Several that hold under one key
 * hold the same units. One that has expired holds nothing any more.
 */
export const usageReservations = pgTable(
  "usage_reservations",
  {
    workspaceId: text("workspace_id").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    holder: uuid("holder").primaryKey().defaultRandom(),
    units: integer("units").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    index("usage_reservations_key_idx").on(table.workspaceId, table.idempotencyKey),
    index("usage_reservations_expiry_idx").on(table.expiresAt),
  ],
);

/** Until when Polar has asked us to send no usage: one row, for all workers. */
export const usagePause = pgTable("usage_pause", {
  id: integer("id").primaryKey().default(1),
  until: moment("until").notNull(),
});

/** The most that a customer wants to pay for overage in a meter window, in minor units. */
export const spendingCaps = pgTable("spending_caps", {
  workspaceId: text("workspace_id").primaryKey(),
  amount: bigint("amount", { mode: "number" }).notNull(),
  currency: text("currency").notNull(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** A meter window in which something was used, as it was last counted. Ends at the next one's start at the latest. */
export const usagePeriods = pgTable(
  "usage_periods",
  {
    workspaceId: text("workspace_id").notNull(),
    startedAt: moment("started_at").notNull(),
    endsAt: moment("ends_at"),
    plan: text("plan").notNull(),
    usedUnits: total("used_units"),
    includedUnits: total("included_units"),
    overageUnits: total("overage_units"),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.startedAt] })],
);
