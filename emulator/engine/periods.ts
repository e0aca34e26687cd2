import { invalidValue, polarError } from "../http/errors.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth, type Instant } from "../time.ts";
import type { World } from "../world.ts";
import { cycleSubscription } from "./cycle.ts";
import { scheduleCycles } from "./cycle-dates.ts";
import { updateSubscription } from "./subscription-events.ts";

function needLive(world: World, id: string): SubscriptionDoc {
  const subscription = world.subscriptions.need(id);
  if (subscription.status !== "active" && subscription.status !== "trialing")
    throw polarError(403, "InactiveSubscription", "This subscription is not active.");
  return subscription;
}

/** Ends a trial now, moves its end to a later date, or gives an active subscription a trial after its period. */
export function setTrialEnd(world: World, id: string, wanted: Instant | "now"): SubscriptionDoc {
  const subscription = needLive(world, id);
  const refuse = (msg: string) => invalidValue(["body", "trial_end"], msg, wanted);
  const isTrial = subscription.status === "trialing";
  if (wanted === "now") {
    if (!isTrial) throw refuse("The subscription is not currently trialing.");
    const now = world.clock.tick();
    world.subscriptions.patch(id, { trial_end: now, current_period_end: now });
    cycleSubscription(world, id);
    return world.subscriptions.need(id);
  }
  if (!isTrial && wanted <= subscription.current_period_end)
    throw refuse("Trial end must be after the current period end.");
  const changed = updateSubscription(world, id, {
    status: "trialing",
    trial_end: wanted,
    current_period_end: wanted,
  });
  scheduleCycles(world, changed);
  return changed;
}

/** Moves the end of the current period to another date to come; later periods keep to its day. */
export function setPeriodEnd(world: World, id: string, end: Instant): SubscriptionDoc {
  needLive(world, id);
  const changed = updateSubscription(world, id, {
    current_period_end: end,
    anchor_day: dayOfMonth(end),
  });
  scheduleCycles(world, changed);
  return changed;
}
