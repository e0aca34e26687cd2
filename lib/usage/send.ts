import "server-only";
import { meter } from "@/lib/billing/catalog";
import { logger } from "@/lib/observability/logger";
import { invalidFields, isBodyRefused, observed, polar } from "@/lib/polar";
import { type ClaimedUse, parkUse } from "./claim";
import { settleTaken } from "./settle";

/** What became of rows: how many were settled, how many set aside, and whether one is ahead of Polar's clock. */
export type Sent = { settled: number; parked: number; isAhead: boolean };

async function ingest(uses: readonly ClaimedUse[]): Promise<string> {
  const { answeredAt } = await observed(() =>
    polar().events.ingest({
      events: uses.map((use) => ({
        name: use.name,
        external_id: use.id,
        external_customer_id: use.workspaceId,
        timestamp: use.occurredAt.toISOString(),
        metadata: { ...use.metadata, [meter.property]: use.billableUnits },
      })),
    }),
  );
  return answeredAt;
}

/** Whether all that Polar has against an event is that it comes from its future. */
function isAheadOfPolar(error: unknown): boolean {
  const fields = invalidFields(error);
  return (
    fields.length > 0 &&
    fields.every((path) => path.at(-1) === "timestamp" && !path.includes("metadata"))
  );
}

/**
 * Sends claimed uses, earliest first, halving a batch that Polar refuses, or that is too large, until the bad row
 * stands alone: that one is set aside with its reason. One stamped ahead of Polar's clock waits for a later run
 * instead, and with it all that come after it, which are further ahead.
 *
 * @throws what Polar's API throws when it is not there or wants no more for now; what was settled by then stays so.
 */
export async function sendUses(uses: readonly ClaimedUse[]): Promise<Sent> {
  try {
    const takenAt = await ingest(uses);
    const ids = uses.map(({ id }) => id);
    return { settled: await settleTaken(ids, takenAt), parked: 0, isAhead: false };
  } catch (error) {
    if (!isBodyRefused(error)) throw error;
    const [only] = uses;
    if (uses.length > 1 || !only) return await sendHalves(uses);
    if (isAheadOfPolar(error)) return { settled: 0, parked: 0, isAhead: true };
    logger.error({ usage_event: only.id, err: error }, "Polar refused a usage event");
    await parkUse(only, String(error));
    return { settled: 0, parked: 1, isAhead: false };
  }
}

async function sendHalves(uses: readonly ClaimedUse[]): Promise<Sent> {
  const middle = Math.ceil(uses.length / 2);
  const first = await sendUses(uses.slice(0, middle));
  if (first.isAhead) return first;
  const second = await sendUses(uses.slice(middle));
  return {
    settled: first.settled + second.settled,
    parked: first.parked + second.parked,
    isAhead: second.isAhead,
  };
}
