import { among, filterBy, given } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import type { Call } from "../http/router.ts";
import { boolean, instant, string, uuid } from "../http/schema.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { SubscriptionDoc } from "../store/documents.ts";
import type { Instant } from "../time.ts";
import { cancellationReason, subscriptionStatus } from "./enums.ts";

/** Statuses in the order that they are sorted by. */
const STATUSES: readonly string[] = [
  "incomplete",
  "incomplete_expired",
  "trialing",
  "active",
  "past_due",
  "canceled",
  "unpaid",
  "paused",
];

/** What a month of it costs on average, so that amounts of other intervals can be compared. */
function monthlyAmount(s: SubscriptionDoc): number {
  const months = { day: 1 / 30, week: 1 / 4, month: 1, year: 12 }[s.recurring_interval];
  return s.amount / (months * s.recurring_interval_count);
}

/** The subscriptions that a query asks for. `active=false` asks for those that are over. */
export function listSubscriptions({ world, query }: Call) {
  const customer = (s: SubscriptionDoc) => world.customers.need(s.customer_id);
  const isAt = (at: Instant | null, test: (at: Instant) => boolean) => at !== null && test(at);
  const found = filterBy(world.subscriptions.all(), query, {
    organization_id: among(uuid(), () => world.organization.id),
    product_id: among(uuid(), ({ product_id }) => product_id),
    customer_id: among(uuid(), ({ customer_id }) => customer_id),
    external_customer_id: among(string(), (s) => customer(s).external_id),
    discount_id: among(uuid(), ({ discount_id }) => discount_id),
    active: given(boolean(), ({ status }, active) =>
      (active ? ["active", "trialing"] : ["canceled", "unpaid"]).includes(status),
    ),
    status: among(subscriptionStatus, ({ status }) => status),
    cancel_at_period_end: given(boolean(), (s, wanted) => s.cancel_at_period_end === wanted),
    customer_cancellation_reason: among(cancellationReason, (s) => s.customer_cancellation_reason),
    canceled_at_after: given(instant(), (s, from) => isAt(s.canceled_at, (at) => at >= from)),
    canceled_at_before: given(instant(), (s, to) => isAt(s.canceled_at, (at) => at <= to)),
    started_after: given(instant(), (s, from) => isAt(s.started_at, (at) => at > from)),
    started_before: given(instant(), (s, to) => isAt(s.started_at, (at) => at < to)),
  }).filter((s) => matchesMetadata(s.metadata, query));
  const keys = {
    started_at: (s: SubscriptionDoc) => s.started_at,
    current_period_end: (s: SubscriptionDoc) => s.current_period_end,
    ended_at: (s: SubscriptionDoc) => s.ended_at,
    ends_at: (s: SubscriptionDoc) => s.ends_at,
    amount: monthlyAmount,
    status: (s: SubscriptionDoc) => STATUSES.indexOf(s.status),
    customer: (s: SubscriptionDoc) => customer(s).email,
    product: (s: SubscriptionDoc) => world.products.need(s.product_id).name,
    discount: (s: SubscriptionDoc) => world.discounts.get(s.discount_id)?.name ?? null,
  };
  return paginate(sort(found, query, keys, ["-started_at"]), query, (subscription) =>
    serializeSubscription(world, subscription),
  );
}
