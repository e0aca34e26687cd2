import { setTimeout as wait } from "node:timers/promises";
import { type models, patiently, polar } from "@/lib/polar";
import { signed } from "@/tests/support/webhooks";

/** Polar allows 100 calls a minute in the sandbox; most of them are the app's. */
const pauseMs = 2_500;
/** How far back each look goes beyond the one before: Polar's clock is not ours. */
const overlapMs = 30_000;

type Event = Pick<models.WebhookEvent, "id" | "created_at"> & { payload: string };

/**
 * Brings the webhooks of an endpoint that no public address leads to: Polar lists its attempts with what it sent and the
 * event's id, and each event is posted once more to `target`, signed with the endpoint's secret, until it is taken.
 * Polar's first attempt comes before its event can be seen, and the address that it is for must exist nowhere.
 *
 * @returns `stop`, which looks a last time and tells how many were taken and what went wrong.
 */
export function fetchDeliveries(endpointId: string, secret: string, target: string) {
  const seen = new Set<string>();
  const waiting = new Map<string, Event>();
  const troubles = new Set<string>();
  const stopping = new AbortController();
  let since = Date.now() - overlapMs;
  let taken = 0;

  async function look(): Promise<void> {
    const now = Date.now();
    const attempts = polar().webhooks.iterListWebhookDeliveries({
      endpoint_id: endpointId,
      start_timestamp: new Date(since).toISOString(),
      limit: 100,
    });
    for await (const { webhook_event: event } of attempts) {
      if (seen.has(event.id) || event.payload === null) continue;
      seen.add(event.id);
      waiting.set(event.id, { ...event, payload: event.payload });
    }
    since = now - overlapMs;
  }

  async function bring({ id, payload }: Event): Promise<void> {
    const answer = await fetch(target, {
      method: "POST",
      headers: { "content-type": "application/json", ...signed(payload, secret, id) },
      body: payload,
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`The app answered ${answer.status} to webhook ${id}.`);
    waiting.delete(id);
    taken += 1;
  }

  async function turn(): Promise<void> {
    try {
      await patiently(look);
      const inOrder = [...waiting.values()].sort((a, b) =>
        a.created_at.localeCompare(b.created_at),
      );
      for (const event of inOrder) await bring(event);
    } catch (error) {
      troubles.add(String(error));
    }
  }

  const work = (async () => {
    while (!stopping.signal.aborted) {
      await turn();
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();

  return {
    async stop(): Promise<{ taken: number; left: number; troubles: string[] }> {
      stopping.abort();
      await work;
      return { taken, left: waiting.size, troubles: [...troubles] };
    },
  };
}
