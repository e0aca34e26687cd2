import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { envelope, order, signed, subscription } from "../../support/webhooks";
import { spread } from "../lives/chaos";

/** A webhook to send: about one order or subscription that no other is about. */
export type Sent = { id: string; objectId: string; kind: "order" | "subscription"; body: string };

/** Webhooks about `owners`' orders and subscriptions, each about another. Every tenth order is of money, so that a mail follows. */
export function webhooksFor(owners: readonly string[], count: number): Sent[] {
  return Array.from({ length: count }, (_, index) => {
    const owner = owners[index % owners.length] ?? "";
    const isOrder = index % 2 === 0;
    const data = isOrder
      ? order(owner, index % 20 === 0 ? {} : { net_amount: 0, total_amount: 0 })
      : subscription(owner);
    return {
      id: randomUUID(),
      objectId: data.id,
      kind: isOrder ? "order" : "subscription",
      body: envelope(isOrder ? "order.paid" : "subscription.updated", data),
    };
  });
}

/**
 * Sends webhooks as Polar does: whatever is not answered 2xx within ten seconds is sent again, under the
 * same id, until it is.
 *
 * @param onAcknowledged is told how many have been acknowledged, after each.
 * @throws the signal's reason once it is aborted.
 */
export async function sendAll(
  { url, secret, signal }: { url: string; secret: string; signal: AbortSignal },
  webhooks: readonly Sent[],
  onAcknowledged: (count: number) => void,
): Promise<void> {
  let acknowledged = 0;
  await spread(webhooks, 8, async ({ id, body }) => {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const answer = await fetch(`${url}/api/webhooks/polar`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...signed(body, secret, id) },
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) break;
      await wait(Math.min(50 * attempt, 500));
    }
    acknowledged += 1;
    onAcknowledged(acknowledged);
  });
}
