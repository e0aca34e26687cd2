import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { meteredLines, resetSubscriptionMeters } from "./metered.ts";
import { placeOrder } from "./orders.ts";

/** Charges what was used until now under a subscription that has meter periods, and starts its meters anew. */
export function settleMeterCycle(world: World, subscription: SubscriptionDoc): void {
  if (!subscription.current_meter_period_end) return;
  const lines = meteredLines(world, subscription);
  if (lines.length > 0) placeOrder(world, subscription, "subscription_meter_cycle", lines);
  resetSubscriptionMeters(world, subscription);
}
