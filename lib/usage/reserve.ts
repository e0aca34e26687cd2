import "server-only";
import { lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { usageReservations } from "@/db/schema";
import type { EventMetadata, EventName } from "@/lib/billing/catalog-events";
import { metrics } from "@/lib/observability/metrics/process";
import { changeWorkspace, lockedWorkspace } from "@/lib/workspaces";
import { endHolds, hold, isHeld } from "./holds";
import { type Spending, spendUse } from "./spend";
import { type Refusal, refusalOf, remainingAfter, standingFor } from "./standing";
import { readUse, type Use, type UseOptions } from "./use";

export type Reservation =
  | {
      ok: true;
      /** What is left beside it, in units. */
      remaining: number;
      /**
       * Turns it into the use, once however often it is called. After its time is over this asks again, and may be
       * refused.
       */
      commit: () => Promise<Spending>;
      /** Gives the units back, unless somebody else holds them under the same key: the work has failed. */
      release: () => Promise<void>;
    }
  | Refusal;

async function release(use: Use, holder: string): Promise<void> {
  await lockedWorkspace(use.workspaceId, (tx) => endHolds(tx, use, holder));
}

/**
 * Sets units aside for work that is about to be done, or refuses: of a hundred units a hundred and no more are given
 * out, however many ask at once. Whoever dies in between holds them until the time is over. The key names the piece of
 * work; asking again for the same one is the same reservation, and for one that was used, the same use.
 *
 * @param options.seconds how long the work may take; a minute when left out.
 * @throws {UsageEventError} as `track()` does.
 */
export async function reserve<Name extends EventName>(
  workspaceId: string,
  name: Name,
  metadata: EventMetadata<Name>,
  { seconds = 60, ...options }: UseOptions & { seconds?: number },
): Promise<Reservation> {
  const use = readUse(workspaceId, name, metadata, options);
  const outcome = await changeWorkspace(workspaceId, async (tx) => {
    const isShared = await isHeld(tx, use);
    const standing = await standingFor(tx, use);
    if (standing.isKnown)
      return { ok: true as const, remaining: remainingAfter(standing, 0), holder: null };
    const refusal = isShared ? null : refusalOf(standing, use.units);
    if (refusal) return refusal;
    const holder = await hold(tx, use, seconds);
    return {
      ok: true as const,
      remaining: remainingAfter(standing, isShared ? 0 : use.units),
      holder,
    };
  });
  if (!outcome.ok) {
    metrics().denials.inc({ reason: outcome.reason });
    return outcome;
  }
  const { holder, remaining } = outcome;
  return {
    ok: true,
    remaining,
    commit: () => spendUse(use),
    release: async () => {
      if (holder) await release(use, holder);
    },
  };
}

/** Deletes reservations whose time is over; they have held nothing since. */
export async function sweepReservations(): Promise<void> {
  await db().delete(usageReservations).where(lt(usageReservations.expiresAt, sql`now()`));
}
