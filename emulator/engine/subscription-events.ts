import type { models } from "@polar-sh/sdk/2026-10";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { stateChanged } from "./customers.ts";

/** Tells of a subscription as it is now. */
export function tellSubscription(
  world: World,
  what: "created" | "active" | "updated" | "cycled",
  subscription: SubscriptionDoc,
): void {
  const type: models.WebhookEventType = `subscription.${what}`;
  world.emitter.emit(type, serializeSubscription(world, subscription));
  stateChanged(world, subscription.customer_id);
}

function isLive(subscription: SubscriptionDoc): boolean {
  return subscription.status === "active" || subscription.status === "trialing";
}

function isCanceled(subscription: SubscriptionDoc): boolean {
  return subscription.status === "canceled" || subscription.cancel_at_period_end;
}

/**
 * Tells what a change means, in Polar's order: `updated` always, then what the subscription's status has
 * become. One that ends is `canceled` once more, also where that was announced.
 */
export function tellChange(world: World, before: SubscriptionDoc, now: SubscriptionDoc): void {
  const becameRevoked = now.status === "canceled" && before.status !== "canceled";
  const happened: [models.WebhookEventType, boolean][] = [
    ["subscription.updated", true],
    ["subscription.active", isLive(now) && !isLive(before) && before.status !== "paused"],
    ["subscription.paused", now.status === "paused" && before.status !== "paused"],
    ["subscription.resumed", isLive(now) && before.status === "paused"],
    ["subscription.uncanceled", isCanceled(before) && !isCanceled(now)],
    ["subscription.past_due", now.status === "past_due" && before.status !== "past_due"],
    ["subscription.canceled", (isCanceled(now) && !isCanceled(before)) || becameRevoked],
    ["subscription.revoked", becameRevoked],
  ];
  const payload = serializeSubscription(world, now);
  for (const [type, did] of happened) if (did) world.emitter.emit(type, payload);
  stateChanged(world, now.customer_id);
}

/** Changes a subscription and tells what that means. */
export function updateSubscription(
  world: World,
  id: string,
  changes: Partial<SubscriptionDoc>,
): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  const now = world.subscriptions.patch(id, { ...changes, modified_at: world.clock.tick() });
  tellChange(world, before, now);
  return now;
}
