import type { models } from "@polar-sh/sdk/2026-10";
import { requireLasting } from "../engine/cancellation.ts";
import { cancelPause, pauseAtPeriodEnd, resumeSubscription } from "../engine/pause.ts";
import { setPeriodEnd, setTrialEnd } from "../engine/periods.ts";
import { changePlan, clearPendingUpdate } from "../engine/plan-change.ts";
import { changeSeats } from "../engine/seat-change.ts";
import { withDiscount } from "../engine/subscription-discount.ts";
import { updateSubscription } from "../engine/subscription-events.ts";
import { cancelAtPeriodEnd, revokeSubscription, uncancel } from "../engine/subscriptions.ts";
import { invalidValue, notEmulated, notFound } from "../http/errors.ts";
import type { Call, Routes } from "../http/router.ts";
import {
  boolean,
  instant,
  integer,
  isRecord,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  type Schema,
  string,
  uuid,
} from "../http/schema.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { createSubscription } from "./subscription-create.ts";
import { listSubscriptions } from "./subscription-list.ts";

export const cancellationReason = oneOf(
  "customer_service",
  "low_quality",
  "missing_features",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
  "other",
);

/** A date, or "now". */
const trialEndOrNow: Schema<string> = {
  read: (value, loc, issues) => (value === "now" ? "now" : instant().read(value, loc, issues)),
};

const subscriptionUpdate = object({
  product_id: optional(uuid()),
  discount_id: nullish(uuid()),
  seats: optional(integer({ min: 1 })),
  proration_behavior: optional(oneOf("invoice", "prorate", "next_period", "reset")),
  cancel_at_period_end: optional(boolean()),
  revoke: optional(boolean()),
  customer_cancellation_reason: nullish(cancellationReason),
  customer_cancellation_comment: nullish(string()),
  metadata: optional(metadata()),
  pause_at_period_end: optional(boolean()),
  resumes_at: optional(instant()),
  resume: optional(boolean()),
  current_billing_period_end: optional(instant()),
  trial_end: optional(trialEndOrNow),
});

const LATER = ["units"];

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
  requireLasting(subscription);
  refuseReset(world, behavior);
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

function update({ world, params, body }: Call) {
  const subscription = need(world, params.id);
  for (const field of LATER)
    if (isRecord(body) && field in body) throw notEmulated(`subscription updates of ${field}`);
  const wanted = parse(subscriptionUpdate, body);
  const why = {
    reason: wanted.customer_cancellation_reason,
    comment: wanted.customer_cancellation_comment,
  };
  const { id } = subscription;
  if (isRecord(body) && body.pending_update === null)
    return serializeSubscription(world, clearPendingUpdate(world, id));
  const behavior = wanted.proration_behavior ?? world.organization.proration_behavior;
  if (wanted.seats !== undefined) {
    requireLasting(subscription);
    refuseReset(world, behavior);
    return serializeSubscription(world, changeSeats(world, id, wanted.seats, behavior));
  }
  // Several of these may be changed at once, and are told of once.
  if (wanted.metadata) world.subscriptions.patch(id, { metadata: wanted.metadata });
  if (wanted.product_id) {
    const { product_id, discount_id } = wanted;
    return serializeSubscription(
      world,
      changeOwnPlan(world, subscription, product_id, behavior, discount_id),
    );
  }
  if (wanted.discount_id !== undefined) {
    const changes = withDiscount(world, subscription, wanted.discount_id);
    if (!wanted.trial_end)
      return serializeSubscription(world, updateSubscription(world, id, changes));
    world.subscriptions.patch(id, changes);
  }
  if (wanted.pause_at_period_end !== undefined)
    return serializeSubscription(
      world,
      wanted.pause_at_period_end
        ? pauseAtPeriodEnd(world, id, wanted.resumes_at ?? null)
        : cancelPause(world, id),
    );
  if (wanted.resume) return serializeSubscription(world, resumeSubscription(world, id));
  if (wanted.trial_end)
    return serializeSubscription(world, setTrialEnd(world, id, wanted.trial_end));
  if (wanted.current_billing_period_end) {
    requireLasting(subscription);
    const end = wanted.current_billing_period_end;
    return serializeSubscription(world, setPeriodEnd(world, id, end));
  }
  if (wanted.revoke) {
    return serializeSubscription(world, revokeSubscription(world, id, why));
  }
  if (wanted.cancel_at_period_end === true) {
    return serializeSubscription(world, cancelAtPeriodEnd(world, id, why));
  }
  if (wanted.cancel_at_period_end === false) {
    return serializeSubscription(world, uncancel(world, id));
  }
  return serializeSubscription(
    world,
    wanted.metadata ? updateSubscription(world, id, {}) : subscription,
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
