import { refined } from "../http/refined.ts";
import {
  boolean,
  instant,
  integer,
  metadata,
  nullish,
  oneOf,
  optional,
  type Schema,
  string,
  unknown,
  uuid,
} from "../http/schema.ts";
import { strictObject, union } from "../http/union.ts";
import type { Instant } from "../time.ts";

const MOST_SEATS = 2 ** 31 - 1;

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

const prorationBehavior = optional(oneOf("invoice", "prorate", "next_period", "reset"));

const why = {
  customer_cancellation_reason: nullish(cancellationReason),
  customer_cancellation_comment: nullish(string()),
};

/** A field that is there to be one value, under the name and in the words that Pydantic has for that. */
function exactly(wanted: unknown, type: string, msg: string): Schema<unknown> {
  return refined(
    unknown(),
    (value) => (value === undefined ? "Field required" : value === wanted ? null : msg),
    (value) => (value === undefined ? "missing" : type),
  );
}

const onlyTrue = exactly(true, "literal_error", "Input should be True");

function future(now: Instant): Schema<Instant> {
  return refined(
    instant(),
    (value) => (value > now ? null : "Input should be in the future"),
    () => "datetime_future",
  );
}

function futureOrNow(now: Instant): Schema<string> {
  const date = future(now);
  return {
    read: (value, loc, issues) => (value === "now" ? "now" : date.read(value, loc, issues)),
  };
}

/** Metadata may be left out, but not be null. */
const replacedMetadata: Schema<ReturnType<ReturnType<typeof metadata>["read"]> | undefined> = {
  read: (value, loc, issues) =>
    (value === null ? metadata() : optional(metadata())).read(value, loc, issues),
};

/** A change of a subscription: one of Polar's kinds, each with its own fields and no others. */
export function subscriptionUpdate(now: Instant) {
  return union({
    SubscriptionUpdateBase: strictObject({
      metadata: replacedMetadata,
      product_id: optional(uuid()),
      proration_behavior: prorationBehavior,
      discount_id: nullish(uuid()),
      trial_end: optional(futureOrNow(now)),
    }),
    SubscriptionUpdateSeats: strictObject({
      seats: integer({ min: 1, max: MOST_SEATS }),
      proration_behavior: prorationBehavior,
    }),
    SubscriptionUpdateUnits: strictObject({
      units: integer({ min: 1, max: MOST_SEATS }),
      proration_behavior: prorationBehavior,
    }),
    SubscriptionUpdateBillingPeriod: strictObject({ current_billing_period_end: future(now) }),
    SubscriptionCancel: strictObject({ ...why, cancel_at_period_end: boolean() }),
    SubscriptionRevoke: strictObject({ ...why, revoke: onlyTrue }),
    SubscriptionPause: strictObject({
      pause_at_period_end: boolean(),
      resumes_at: optional(future(now)),
    }),
    SubscriptionResume: strictObject({ resume: onlyTrue }),
    SubscriptionUpdateClear: strictObject({
      pending_update: exactly(null, "none_required", "Input should be None"),
    }),
  });
}
