import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { preciseMoment } from "./mirror";

/**
 * One comparison of the mirror with Polar, of a workspace or, where that is null, of everything. `step` and
 * `page` are what comes next: a run that was stopped goes on there.
 */
export const reconcileRuns = pgTable(
  "reconcile_runs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    workspaceId: text("workspace_id"),
    mode: text("mode").$type<"repair" | "rebuild">().notNull(),
    step: text("step").notNull(),
    page: integer("page").notNull().default(1),
    compared: integer("compared").notNull().default(0),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
    /** When it last came further. */
    progressedAt: timestamp("progressed_at", { withTimezone: true }).notNull().defaultNow(),
    /** Polar's clock when the run began, or somewhat before (decision 0022). */
    polarStartedAt: preciseMoment("polar_started_at"),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [index("reconcile_runs_scope_idx").on(table.workspaceId, table.startedAt)],
);

/** What a run found to differ from Polar, why as far as the inbox tells, and whether it was repaired. */
export const reconcileDifferences = pgTable(
  "reconcile_differences",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    runId: uuid("run_id")
      .notNull()
      .references(() => reconcileRuns.id, { onDelete: "cascade" }),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    workspaceId: text("workspace_id"),
    objectType: text("object_type").notNull(),
    objectId: text("object_id").notNull(),
    cause: text("cause")
      .$type<
        | "webhook_lost"
        | "not_applied"
        | "overwritten"
        | "without_webhook"
        | "unknown"
        | "missing"
        | "gone"
        | "newer_here"
        | "unreadable"
      >()
      .notNull(),
    repaired: boolean("repaired").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
  },
  (table) => [index("reconcile_differences_run_idx").on(table.runId, table.id)],
);
