import type { World } from "../world.ts";
import { recalculatedMeters } from "./metered.ts";
import { tellSubscription } from "./subscription-events.ts";

/** Usage has come in: brings what the subscription shows of its meters up to date. */
export function updateSubscriptionMeters(world: World, id: string): void {
  const subscription = world.subscriptions.need(id);
  if (subscription.status === "canceled") return;
  const meters = recalculatedMeters(world, subscription);
  if (meters) tellSubscription(world, "updated", world.subscriptions.patch(id, { meters }));
}
