import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import type { Call } from "../http/router.ts";
import { boolean, instant, object, optional, parse } from "../http/schema.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { SubscriptionDoc } from "../store/documents.ts";

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

const bounds = object({
  active: optional(boolean()),
  canceled_at_after: optional(instant()),
  canceled_at_before: optional(instant()),
  started_after: optional(instant()),
  started_before: optional(instant()),
});

/** The subscriptions that a query asks for. `active=false` asks for those that are over. */
export function listSubscriptions({ world, query }: Call) {
  const wanted = parse(bounds, query, ["query"]);
  const states = wanted.active ? ["active", "trialing"] : ["canceled", "unpaid"];
  const customer = (s: SubscriptionDoc) => world.customers.need(s.customer_id);
  const canceled = ({ canceled_at }: SubscriptionDoc) => canceled_at ?? "";
  const started = ({ started_at }: SubscriptionDoc) => started_at ?? "";
  const { canceled_at_after, canceled_at_before, started_after, started_before } = wanted;
  const found = filterBy(world.subscriptions.all(), query, {
    organization_id: () => world.organization.id,
    product_id: ({ product_id }) => product_id,
    customer_id: ({ customer_id }) => customer_id,
    external_customer_id: (s) => customer(s).external_id,
    discount_id: ({ discount_id }) => discount_id,
    status: ({ status }) => status,
    cancel_at_period_end: ({ cancel_at_period_end }) => cancel_at_period_end,
    customer_cancellation_reason: (s) => s.customer_cancellation_reason,
  })
    .filter((s) => wanted.active === undefined || states.includes(s.status))
    .filter((s) => !canceled_at_after || canceled(s) >= canceled_at_after)
    .filter((s) => !canceled_at_before || (s.canceled_at && canceled(s) <= canceled_at_before))
    .filter((s) => !started_after || started(s) > started_after)
    .filter((s) => !started_before || started(s) < started_before)
    .filter((s) => matchesMetadata(s.metadata, query));
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
