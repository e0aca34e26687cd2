import "server-only";
import { and, eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { usageEvents } from "@/db/schema";
import type { Entitlement } from "@/lib/billing/entitlement";
import { readEntitlement } from "@/lib/billing/entitlements";
import { type Balance, balanceOf, type Counted } from "./balance";
import { countUsage } from "./count";
import { sameUnits, type Use } from "./use";

/** How a workspace stands at the moment of a use, held still until the transaction ends. */
export type Standing = {
  entitlement: Entitlement;
  counted: Counted;
  balance: Balance;
  /** The use has been stored before. */
  isKnown: boolean;
};

/**
 * Why a use is refused: the allowance is used up, a payment was missed, or the customer's own spending cap is reached.
 */
type RefusalReason = "allowance" | "read_only" | "spending_cap";
export type Refusal = { ok: false; reason: RefusalReason; remaining: number };

/**
 * Reads where a workspace stands. The caller holds its lock, so that no two requests pass on the last unit.
 *
 * @throws {UsageEventError} when the use's key was used for another number of units.
 */
export async function standingFor(executor: Executor, use: Use): Promise<Standing> {
  const entitlement = await readEntitlement(executor, use.workspaceId);
  const counted = await countUsage(executor, use.workspaceId, entitlement);
  const [before] = await executor
    .select({ units: usageEvents.units })
    .from(usageEvents)
    .where(
      and(
        eq(usageEvents.workspaceId, use.workspaceId),
        eq(usageEvents.idempotencyKey, use.idempotencyKey),
      ),
    );
  if (before) sameUnits(before.units, use.units);
  return {
    entitlement,
    counted,
    balance: balanceOf(entitlement, counted),
    isKnown: before !== undefined,
  };
}

/** Whether `units` more are too many, and why. */
export function refusalOf({ entitlement, balance }: Standing, units: number): Refusal | null {
  const { available, hardLimit } = balance;
  if (available === null || units <= available) return null;
  const spent = hardLimit ? "allowance" : "spending_cap";
  return { ok: false, reason: entitlement.readOnly ? "read_only" : spent, remaining: available };
}

/** What is left to use after `units` more, of the allowance and of packs. */
export function remainingAfter({ balance }: Standing, units: number): number {
  return Math.max(0, Math.min(balance.remaining, balance.available ?? balance.remaining) - units);
}
