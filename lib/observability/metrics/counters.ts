import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { counters } from "@/db/schema";

/** What is counted in the database, as its rows do not stay; the label of each is named beside it. */
export type CounterName =
  /** By product key. */
  | "checkouts_created"
  /** By cause. */
  | "reconcile_differences"
  /** By job. */
  | "job_failures";

/**
 * Adds to a counter, in the caller's transaction: what is rolled back was not counted. The counter's row stays
 * locked until that ends, so it comes last, and several labels in the order of the alphabet.
 */
export async function count(
  executor: Executor,
  name: CounterName,
  label: string,
  by = 1,
): Promise<void> {
  await executor
    .insert(counters)
    .values({ name, label, value: by })
    .onConflictDoUpdate({
      target: [counters.name, counters.label],
      set: { value: sql`${counters.value} + excluded.value` },
    });
}
