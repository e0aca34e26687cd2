import type { models } from "@polar-sh/sdk/2026-10";
import { cancelAtPeriodEnd, revokeSubscription, uncancel } from "../engine/cancel.ts";
import { requireLasting } from "../engine/cancellation.ts";
import { cancelPause, pauseAtPeriodEnd, resumeSubscription } from "../engine/pause.ts";
import { setPeriodEnd, setTrialEnd } from "../engine/periods.ts";
import { changePlan, clearPendingUpdate } from "../engine/plan-change.ts";
import { changeSeats } from "../engine/seat-change.ts";
import { withDiscount } from "../engine/subscription-discount.ts";
import { updateSubscription } from "../engine/subscription-events.ts";
import { invalidValue, notEmulated, notFound } from "../http/errors.ts";
import type { Call, Routes } from "../http/router.ts";
import { type Infer, parse } from "../http/schema.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { createSubscription } from "./subscription-create.ts";
import { listSubscriptions } from "./subscription-list.ts";
import { subscriptionUpdate } from "./subscription-update.ts";

function need(world: World, id: string | undefined): SubscriptionDoc {
  const subscription = world.subscriptions.get(id);
  if (!subscription) throw notFound();
  return subscription;
}

/** Changes the plan of a live subscription that is not about to end. */
export function changeOwnPlan(
  world: World,
  subscription: SubscriptionDoc,
  productId: string,
  behavior: models.SubscriptionProrationBehavior,
  discountId?: string | null,
): SubscriptionDoc {
  refuseReset(world, behavior);
  requireLasting(subscription);
  return changePlan(world, subscription.id, productId, behavior, discountId);
}

/** @throws ApiError 422 where the organization does not begin periods anew. */
function refuseReset(world: World, behavior: models.SubscriptionProrationBehavior): void {
  if (
    behavior === "reset" &&
    !world.organization.feature_settings?.reset_proration_behavior_enabled
  )
    throw invalidValue(
      ["body", "proration_behavior"],
      "The 'reset' proration behavior is not enabled for this organization.",
      behavior,
    );
}

type Update = NonNullable<Infer<ReturnType<typeof subscriptionUpdate>>>;
type UpdateOf<V extends Update["variant"]> = Extract<Update, { variant: V }>["value"];

/** Several of these may be changed at once, and are told of once. */
function updateBase(
  world: World,
  subscription: SubscriptionDoc,
  wanted: UpdateOf<"SubscriptionUpdateBase">,
): SubscriptionDoc {
  const { id } = subscription;
  const { product_id, discount_id, trial_end } = wanted;
  const behavior = wanted.proration_behavior ?? world.organization.proration_behavior;
  if (wanted.metadata) world.subscriptions.patch(id, { metadata: wanted.metadata });
  if (product_id) {
    const changed = changeOwnPlan(world, subscription, product_id, behavior, discount_id);
    return trial_end ? setTrialEnd(world, id, trial_end) : changed;
  }
  const changes = discount_id === undefined ? {} : withDiscount(world, subscription, discount_id);
  if (!trial_end) return updateSubscription(world, id, changes);
  world.subscriptions.patch(id, changes);
  return setTrialEnd(world, id, trial_end);
}

function updateSeats(
  world: World,
  subscription: SubscriptionDoc,
  { seats, proration_behavior }: UpdateOf<"SubscriptionUpdateSeats">,
): SubscriptionDoc {
  const behavior = proration_behavior ?? world.organization.proration_behavior;
  refuseReset(world, behavior);
  requireLasting(subscription);
  return changeSeats(world, subscription.id, seats, behavior);
}

function whyOf(wanted: UpdateOf<"SubscriptionCancel" | "SubscriptionRevoke">) {
  return {
    reason: wanted.customer_cancellation_reason,
    comment: wanted.customer_cancellation_comment,
  };
}

function applyUpdate(world: World, subscription: SubscriptionDoc, wanted: Update): SubscriptionDoc {
  const { id } = subscription;
  switch (wanted.variant) {
    case "SubscriptionUpdateBase":
      return updateBase(world, subscription, wanted.value);
    case "SubscriptionUpdateSeats":
      return updateSeats(world, subscription, wanted.value);
    case "SubscriptionUpdateUnits":
      throw notEmulated("subscription updates of units");
    case "SubscriptionUpdateBillingPeriod":
      requireLasting(subscription);
      return setPeriodEnd(world, id, wanted.value.current_billing_period_end);
    case "SubscriptionCancel":
      return wanted.value.cancel_at_period_end
        ? cancelAtPeriodEnd(world, id, whyOf(wanted.value))
        : uncancel(world, id);
    case "SubscriptionRevoke":
      return revokeSubscription(world, id, whyOf(wanted.value));
    case "SubscriptionPause":
      return wanted.value.pause_at_period_end
        ? pauseAtPeriodEnd(world, id, wanted.value.resumes_at ?? null)
        : cancelPause(world, id);
    case "SubscriptionResume":
      return resumeSubscription(world, id);
    case "SubscriptionUpdateClear":
      return clearPendingUpdate(world, id);
  }
}

function update({ world, params, body }: Call) {
  const wanted = parse(subscriptionUpdate(world.clock.now()), body);
  const subscription = need(world, params.id);
  return serializeSubscription(
    world,
    wanted ? applyUpdate(world, subscription, wanted) : subscription,
  );
}

export const subscriptionRoutes: Routes = {
  "GET /v1/subscriptions": listSubscriptions,
  "POST /v1/subscriptions": createSubscription,
  "GET /v1/subscriptions/{id}": ({ world, params }) =>
    serializeSubscription(world, need(world, params.id)),
  "PATCH /v1/subscriptions/{id}": update,
  "DELETE /v1/subscriptions/{id}": ({ world, params }) => {
    const subscription = need(world, params.id);
    return serializeSubscription(world, revokeSubscription(world, subscription.id, {}));
  },
};
