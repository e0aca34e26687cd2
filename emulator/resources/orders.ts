import { notFound } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import type { Routes } from "../http/router.ts";
import { instant, string, uuid } from "../http/schema.ts";
import { orderTotal, serializeOrder } from "../serializers/order.ts";
import type { OrderDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { billingType, orderStatus } from "./enums.ts";
import { changeOrder, invoiceOf, receiptOf, requestInvoice } from "./order-documents.ts";

function need(world: World, id: string | undefined): OrderDoc {
  const order = world.orders.get(id);
  if (!order) throw notFound();
  return order;
}

export const orderRoutes: Routes = {
  "GET /v1/orders": ({ world, query }) => {
    const customer = (o: OrderDoc) => world.customers.need(o.customer_id);
    const product = (o: OrderDoc) => world.products.need(o.product_id);
    const found = filterBy(world.orders.all(), query, {
      organization_id: among(uuid(), () => world.organization.id),
      product_id: among(uuid(), ({ product_id }) => product_id),
      discount_id: among(uuid(), ({ discount_id }) => discount_id),
      product_billing_type: among(billingType, (o) =>
        product(o).recurring_interval ? "recurring" : "one_time",
      ),
      customer_id: among(uuid(), ({ customer_id }) => customer_id),
      external_customer_id: among(string(), (o) => customer(o).external_id),
      checkout_id: among(uuid(), ({ checkout_id }) => checkout_id),
      subscription_id: among(uuid(), ({ subscription_id }) => subscription_id),
      status: among(orderStatus, ({ status }) => status),
      created_after: given(instant(), ({ created_at }, at) => created_at > at),
      created_before: given(instant(), ({ created_at }, at) => created_at < at),
    }).filter((order) => matchesMetadata(order.metadata, query));
    const keys = {
      created_at: (o: OrderDoc) => o.created_at,
      status: (o: OrderDoc) => o.status,
      invoice_number: (o: OrderDoc) => o.invoice_number,
      amount: orderTotal,
      net_amount: (o: OrderDoc) => o.net_amount,
      discount: (o: OrderDoc) => world.discounts.get(o.discount_id)?.name ?? null,
      customer: (o: OrderDoc) => customer(o).email,
      product: (o: OrderDoc) => product(o).name,
      subscription: (o: OrderDoc) => o.subscription_id,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, (order) =>
      serializeOrder(world, order),
    );
  },
  "GET /v1/orders/{id}": ({ world, params }) => serializeOrder(world, need(world, params.id)),
  "PATCH /v1/orders/{id}": ({ world, params, body }) =>
    serializeOrder(world, changeOrder(world, need(world, params.id), body)),
  "GET /v1/orders/{id}/invoice": ({ world, params }) => invoiceOf(world, need(world, params.id)),
  "POST /v1/orders/{id}/invoice": ({ world, params }) =>
    requestInvoice(world, need(world, params.id)),
  "GET /v1/orders/{id}/receipt": ({ world, params }) => receiptOf(world, need(world, params.id)),
};
