import "server-only";
import type { Executor } from "@/db/client";
import { usageEvents } from "@/db/schema";

export type UsageEvent = {
  workspaceId: string;
  name: string;
  units: number;
  /** False for what the free plan gives: it is counted here and never reaches the billed meter. */
  billable: boolean;
  /** How many pack units it takes; none when left out. */
  packUnits?: number;
  idempotencyKey: string;
};

/** Records a use: one insert. The same workspace and key again is the same use. */
export async function track(executor: Executor, event: UsageEvent): Promise<void> {
  await executor.insert(usageEvents).values(event).onConflictDoNothing();
}
