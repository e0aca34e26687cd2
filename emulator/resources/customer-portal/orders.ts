import type { models } from "@polar-sh/sdk/2026-10";
import { notFound } from "../../http/errors.ts";
import { among, filterBy } from "../../http/filters.ts";
import { paginate, sort } from "../../http/pagination.ts";
import { type PortalCall, portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";
import { uuid } from "../../http/schema.ts";
import { isPaid, orderDue } from "../../serializers/order.ts";
import { serializePortalOrder } from "../../serializers/portal.ts";
import type { OrderDoc } from "../../store/documents.ts";
import { billingType } from "../enums.ts";
import { changeOrder, invoiceOf, receiptOf, requestInvoice } from "../order-documents.ts";
import { searched } from "./search.ts";

function own({ world, customer, params }: PortalCall): OrderDoc {
  const order = world.orders.get(params.id);
  if (order?.customer_id !== customer.id) throw notFound();
  return order;
}

function list({ world, customer, query }: PortalCall) {
  const productOf = (o: OrderDoc) => world.products.get(o.product_id);
  const nameOf = (o: OrderDoc) => productOf(o)?.name ?? "";
  const netOf = (o: OrderDoc) => serializePortalOrder(world, o).net_amount;
  const found = filterBy(world.orders.where("customer_id", customer.id), query, {
    product_id: among(uuid(), ({ product_id }) => product_id),
    product_billing_type: among(billingType, (o) =>
      productOf(o)?.recurring_interval ? "recurring" : "one_time",
    ),
    subscription_id: among(uuid(), ({ subscription_id }) => subscription_id),
  }).filter(searched(query, nameOf));
  const keys = {
    created_at: (o: OrderDoc) => o.created_at,
    amount: netOf,
    net_amount: netOf,
    product: nameOf,
    subscription: (o: OrderDoc) => o.subscription_id,
  };
  return paginate(sort(found, query, keys, ["-created_at"]), query, (order) =>
    serializePortalOrder(world, order),
  );
}

/** How the last payment of an order went. */
function paymentStatus(order: OrderDoc): models.CustomerOrderPaymentStatus {
  if (orderDue(order) === 0) return { status: "no_payment", error: null };
  if (isPaid(order)) return { status: "succeeded", error: null };
  return order.payment_attempts > 0
    ? { status: "failed", error: "Your card was declined." }
    : { status: "no_payment", error: null };
}

const PATH = "/v1/customer-portal/orders";

export const portalOrderRoutes: Routes = {
  [`GET ${PATH}`]: portal(list),
  [`GET ${PATH}/{id}`]: portal((call) => serializePortalOrder(call.world, own(call))),
  [`PATCH ${PATH}/{id}`]: portal((call) =>
    serializePortalOrder(call.world, changeOrder(call.world, own(call), call.body)),
  ),
  [`GET ${PATH}/{id}/invoice`]: portal((call) => invoiceOf(call.world, own(call))),
  [`POST ${PATH}/{id}/invoice`]: portal((call) => requestInvoice(call.world, own(call))),
  [`GET ${PATH}/{id}/receipt`]: portal((call) => receiptOf(call.world, own(call))),
  [`GET ${PATH}/{id}/payment-status`]: portal((call) => paymentStatus(own(call))),
};
