import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { meter } from "@/lib/billing/catalog";
import { flushUsage } from "@/lib/usage/flush";
import { type Spending, spend } from "@/lib/usage/spend";

/** Spends so many units, as a piece of work of its own unless `idempotencyKey` names another. */
export function use(
  workspaceId: string,
  units: number,
  idempotencyKey: string = randomUUID(),
): Promise<Spending> {
  return spend(workspaceId, meter.event, { units }, { idempotencyKey });
}

/** Sends all that waits, also what Polar asks to have later. */
export async function flushAll(): Promise<void> {
  for (;;) {
    const { pausedUntil } = await flushUsage();
    if (!pausedUntil) return;
    await wait(Math.max(0, pausedUntil.getTime() - Date.now() + 5));
  }
}
