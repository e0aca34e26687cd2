import { refundOrder } from "../engine/refunds.ts";
import { invalidValue, polarError } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
import { paginate, sort } from "../http/pagination.ts";
import { type Call, created, type Routes } from "../http/router.ts";
import {
  boolean,
  integer,
  metadata,
  nullish,
  object,
  oneOf,
  parse,
  string,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { isPaid, refundable } from "../serializers/order.ts";
import { serializeRefund } from "../serializers/refund.ts";
import type { RefundDoc } from "../store/documents.ts";

const refundCreate = object({
  order_id: uuid(),
  reason: oneOf(
    "duplicate",
    "fraudulent",
    "customer_request",
    "service_disruption",
    "satisfaction_guarantee",
    "other",
  ),
  amount: integer({ min: 1 }),
  comment: nullish(string()),
  revoke_benefits: withDefault(boolean(), false),
  metadata: withDefault(metadata(), {}),
});

function create({ world, body }: Call) {
  const wanted = parse(refundCreate, body);
  const order = world.orders.get(wanted.order_id);
  if (!order || !isPaid(order))
    throw invalidValue(["body", "order_id"], "Order not found", wanted.order_id);
  if (order.status === "refunded")
    throw polarError(403, "RefundedAlready", `Order is already fully refunded: ${order.id}`);
  if (wanted.amount > refundable(order).amount)
    throw invalidValue(
      ["body", "amount"],
      "Refund amount exceeds refundable amount",
      wanted.amount,
    );
  if (wanted.revoke_benefits && order.subscription_id)
    throw polarError(
      400,
      "RevokeSubscriptionBenefitsProhibited",
      "Subscription benefits can only be revoked upon cancellation",
    );
  return created(serializeRefund(world, refundOrder(world, wanted)));
}

export const refundRoutes: Routes = {
  "GET /v1/refunds": ({ world, query }) => {
    const found = filterBy(world.refunds.all(), query, {
      id: among(uuid(), ({ id }) => id),
      organization_id: among(uuid(), () => world.organization.id),
      order_id: among(uuid(), ({ order_id }) => order_id),
      subscription_id: among(uuid(), ({ subscription_id }) => subscription_id),
      customer_id: among(uuid(), ({ customer_id }) => customer_id),
      external_customer_id: among(string(), (r) => world.customers.need(r.customer_id).external_id),
      succeeded: given(boolean(), ({ status }, wanted) => (status === "succeeded") === wanted),
    });
    const keys = {
      created_at: (r: RefundDoc) => r.created_at,
      amount: (r: RefundDoc) => r.amount,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, (refund) =>
      serializeRefund(world, refund),
    );
  },
  "POST /v1/refunds": create,
};
