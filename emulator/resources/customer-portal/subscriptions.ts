import { cancelAtPeriodEnd, uncancel } from "../../engine/cancel.ts";
import { isUncancelable, requireLasting } from "../../engine/cancellation.ts";
import { cancelPause, pauseAtPeriodEnd, resumeSubscription } from "../../engine/pause.ts";
import { clearPendingUpdate } from "../../engine/plan-change.ts";
import { changeSeats } from "../../engine/seat-change.ts";
import {
  invalidRequest,
  invalidValue,
  notEmulated,
  notFound,
  polarError,
} from "../../http/errors.ts";
import { among, filterBy, given } from "../../http/filters.ts";
import { paginate, sort } from "../../http/pagination.ts";
import { type PortalCall, portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";
import {
  boolean,
  instant,
  integer,
  isRecord,
  nullish,
  object,
  optional,
  parse,
  string,
  uuid,
} from "../../http/schema.ts";
import { serializePortalSubscription } from "../../serializers/portal.ts";
import type { SubscriptionDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { cancellationReason } from "../subscription-update.ts";
import { changeOwnPlan } from "../subscriptions.ts";
import { searched } from "./search.ts";

/** One field decides which change it is; the others are of that change. */
const planChange = object({ product_id: uuid() });
const seatChange = object({ seats: integer({ min: 1 }) });
const cancellation = object({
  cancel_at_period_end: optional(boolean()),
  cancellation_reason: nullish(cancellationReason),
  cancellation_comment: nullish(string()),
});
const pause = object({ pause_at_period_end: boolean(), resumes_at: optional(instant()) });
const KNOWN = new Set([
  "product_id",
  "seats",
  "units",
  "cancel_at_period_end",
  "cancellation_reason",
  "cancellation_comment",
  "pause_at_period_end",
  "resumes_at",
  "resume",
  "pending_update",
]);

function refuse(error: string, detail: string): never {
  throw polarError(403, error, detail);
}

function requirePause(world: World): void {
  if (!world.organization.customer_portal_settings.subscription.pause)
    refuse("PauseResumeNotAllowed", "Pausing or resuming a subscription is not allowed.");
}

function requireCardFor(world: World, subscription: SubscriptionDoc, action: string): void {
  const { card } = world.customers.need(subscription.customer_id);
  if (subscription.amount > 0 && !card)
    throw polarError(
      409,
      "PaymentMethodRequired",
      `Add a payment method before ${action} this subscription.`,
    );
}

/** Changes the plan of the customer's own subscription to another that is on sale. */
export function changePortalPlan(
  world: World,
  subscription: SubscriptionDoc,
  productId: string,
): SubscriptionDoc {
  const { customer_portal_settings, proration_behavior } = world.organization;
  if (!customer_portal_settings.subscription.update_plan)
    refuse("UpdateSubscriptionPlanNotAllowed", "Updating subscription plan is not allowed.");
  const product = world.products.get(productId);
  if (product && product.visibility !== "public")
    throw invalidValue(["body", "product_id"], "Product visibility is not allowed.", productId);
  return changeOwnPlan(world, subscription, productId, proration_behavior);
}

/** Takes the cancellation of the customer's own subscription back. */
export function uncancelOwn(world: World, subscription: SubscriptionDoc): SubscriptionDoc {
  if (isUncancelable(subscription)) requireCardFor(world, subscription, "uncancelling");
  return uncancel(world, subscription.id);
}

function change(world: World, subscription: SubscriptionDoc, body: unknown): SubscriptionDoc {
  const given = isRecord(body) ? body : {};
  const { id } = subscription;
  for (const field of Object.keys(given))
    if (!KNOWN.has(field))
      throw invalidRequest([
        {
          type: "extra_forbidden",
          loc: ["body", field],
          msg: "Extra inputs are not permitted",
          input: given[field],
        },
      ]);
  if ("units" in given) throw notEmulated("changes of units");
  if ("seats" in given) {
    if (!world.organization.customer_portal_settings.subscription.update_seats)
      refuse("UpdateSubscriptionSeatsNotAllowed", "Updating subscription seats is not allowed.");
    requireLasting(subscription);
    const { proration_behavior } = world.organization;
    return changeSeats(world, id, parse(seatChange, body).seats, proration_behavior);
  }
  if ("product_id" in given)
    return changePortalPlan(world, subscription, parse(planChange, body).product_id);
  if ("pending_update" in given) return clearPendingUpdate(world, id);
  if ("pause_at_period_end" in given) {
    requirePause(world);
    const { pause_at_period_end, resumes_at } = parse(pause, body);
    return pause_at_period_end
      ? pauseAtPeriodEnd(world, id, resumes_at ?? null)
      : cancelPause(world, id);
  }
  if (given.resume === true) {
    requirePause(world);
    if (subscription.status === "paused") requireCardFor(world, subscription, "resuming");
    return resumeSubscription(world, id);
  }
  const wanted = parse(cancellation, body);
  if (wanted.cancel_at_period_end === undefined) return subscription;
  if (!wanted.cancel_at_period_end) return uncancelOwn(world, subscription);
  return cancelAtPeriodEnd(world, id, {
    reason: wanted.cancellation_reason,
    comment: wanted.cancellation_comment,
  });
}

function own({ world, customer, params }: PortalCall): SubscriptionDoc {
  const subscription = world.subscriptions.get(params.id);
  if (subscription?.customer_id !== customer.id) throw notFound();
  return subscription;
}

function list({ world, customer, query }: PortalCall) {
  const nameOf = (s: SubscriptionDoc) => world.products.need(s.product_id).name;
  const found = filterBy(world.subscriptions.where("customer_id", customer.id), query, {
    product_id: among(uuid(), ({ product_id }) => product_id),
    active: given(boolean(), ({ status }, active) =>
      (active ? ["active", "trialing"] : ["canceled", "unpaid"]).includes(status),
    ),
  }).filter(searched(query, nameOf));
  const keys = {
    started_at: (s: SubscriptionDoc) => s.started_at,
    amount: (s: SubscriptionDoc) => s.amount,
    status: (s: SubscriptionDoc) => s.status,
    organization: () => world.organization.slug,
    product: nameOf,
  };
  return paginate(sort(found, query, keys, ["-started_at"]), query, (subscription) =>
    serializePortalSubscription(world, subscription),
  );
}

export const portalSubscriptionRoutes: Routes = {
  "GET /v1/customer-portal/subscriptions": portal(list),
  "GET /v1/customer-portal/subscriptions/{id}": portal((call) =>
    serializePortalSubscription(call.world, own(call)),
  ),
  "PATCH /v1/customer-portal/subscriptions/{id}": portal((call) =>
    serializePortalSubscription(call.world, change(call.world, own(call), call.body)),
  ),
  /** Unlike the seller's own call of this name, it lets the period run out. */
  "DELETE /v1/customer-portal/subscriptions/{id}": portal((call) => {
    const subscription = own(call);
    return serializePortalSubscription(
      call.world,
      cancelAtPeriodEnd(call.world, subscription.id, {}),
    );
  }),
};
