import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { envelope, order, signed, subscription } from "../../support/webhooks";
import { spread } from "../lives/chaos";

/** A webhook to send. `status` is what its object has in it, `isLast` whether nothing newer is told of that. */
export type Sent = {
  id: string;
  objectId: string;
  kind: "order" | "subscription";
  status: string;
  isLast: boolean;
  body: string;
};

type Told = { type: string; change: Record<string, unknown> & { status: string } };

const orderLife: Told[] = [
  { type: "order.created", change: { status: "pending", paid: false } },
  { type: "order.paid", change: { status: "paid" } },
  { type: "order.refunded", change: { status: "partially_refunded", refunded_amount: 500 } },
];
const subscriptionLife: Told[] = [
  { type: "subscription.created", change: { status: "active" } },
  { type: "subscription.updated", change: { status: "active", cancel_at_period_end: true } },
  {
    type: "subscription.revoked",
    change: { status: "canceled", ended_at: "2026-11-01T10:00:02.000000Z" },
  },
];

/** An object's life, a webhook for each thing that happens to it. */
function lifeOf(kind: Sent["kind"], owner: string, isOfMoney: boolean): Sent[] {
  const free = isOfMoney ? {} : { net_amount: 0, total_amount: 0 };
  const object = kind === "order" ? order(owner, free) : subscription(owner);
  const life = kind === "order" ? orderLife : subscriptionLife;
  return life.map(({ type, change }, index) => {
    const at = `2026-11-01T10:00:0${index}.500000Z`;
    const data = { ...object, ...change, modified_at: index === 0 ? null : at };
    const isLast = index === life.length - 1;
    const body = envelope(type, data, at);
    return { id: randomUUID(), objectId: object.id, kind, status: change.status, isLast, body };
  });
}

/**
 * At least `count` webhooks about `owners`' orders and subscriptions, three about each. Every second order is of
 * money, so that a mail follows.
 */
export function webhooksFor(owners: readonly string[], count: number): Sent[] {
  return Array.from({ length: Math.ceil(count / 3) }, (_, index) =>
    lifeOf(
      index % 2 === 0 ? "order" : "subscription",
      owners[index % owners.length] ?? "",
      index % 4 === 0,
    ),
  ).flat();
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
