import "server-only";
import { spendingCaps, usageArchive, usageEvents, usageHours, usagePeriods } from "@/db/schema";
import { list, of } from "./list";
import type { ExportRow } from "./schema";
import { iso, money } from "./values";

type StoredUse = typeof usageEvents.$inferSelect | typeof usageArchive.$inferSelect;

const toUse = (row: StoredUse): ExportRow<"usage_events"> => ({
  id: row.id,
  name: row.name,
  units: row.units,
  billable_units: row.billableUnits,
  pack_units: row.packUnits,
  kept_units: row.keptUnits,
  metadata: row.metadata,
  source: row.source,
  occurred_at: iso(row.occurredAt),
  settled_at: iso(row.settledAt),
});

/** What the workspace has used. */
export const usageLists = {
  usage_events: list(
    "usage_events",
    usageEvents,
    of(usageEvents),
    [usageEvents.occurredAt, usageEvents.id],
    toUse,
  ),
  usage_archive: list(
    "usage_archive",
    usageArchive,
    of(usageArchive),
    [usageArchive.settledAt, usageArchive.id],
    toUse,
  ),
  usage_hours: list(
    "usage_hours",
    usageHours,
    of(usageHours),
    [usageHours.hour, usageHours.source],
    (row) => ({
      hour: iso(row.hour),
      source: row.source || null,
      billable_units: row.billableUnits,
      free_units: row.freeUnits,
      pack_units: row.packUnits,
      kept_units: row.keptUnits,
    }),
  ),
  usage_periods: list(
    "usage_periods",
    usagePeriods,
    of(usagePeriods),
    [usagePeriods.startedAt],
    (row) => ({
      started_at: iso(row.startedAt),
      ends_at: iso(row.endsAt),
      plan: row.plan,
      used_units: row.usedUnits,
      included_units: row.includedUnits,
      overage_units: row.overageUnits,
    }),
  ),
  spending_caps: list(
    "spending_caps",
    spendingCaps,
    of(spendingCaps),
    [spendingCaps.workspaceId],
    ({ amount, currency, updatedAt }) => ({
      cap: money(amount, currency),
      updated_at: iso(updatedAt),
    }),
  ),
};
