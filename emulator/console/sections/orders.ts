import { chargeOrder } from "../../engine/charges.ts";
import { notFound } from "../../http/errors.ts";
import { attributes, html } from "../../pages/html.ts";
import { money } from "../../pages/money.ts";
import { serializeOrder } from "../../serializers/order.ts";
import type { OrderDoc } from "../../store/documents.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { customerLink, objectLink, productLink, subscriptionLink } from "../parts/links.ts";
import { type Listing, listView } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { table } from "../parts/table.ts";
import { facts, jsonPanel, momentText, statusPill } from "../parts/text.ts";

const STATUSES = ["pending", "paid", "refunded", "partially_refunded", "void"] as const;

export const orders: Listing<OrderDoc> = {
  path: "orders",
  title: "Orders",
  noun: "orders",
  all: (world) => world.orders.all(),
  text: (world, order) => {
    const { email, external_id } = world.customers.need(order.customer_id);
    return [order.description, order.invoice_number, order.subscription_id, email, external_id];
  },
  columns: (world) => [
    { head: "Order", cell: ({ id, description }) => objectLink("orders", id, description) },
    { head: "Customer", wide: true, cell: (order) => customerLink(world, order.customer_id) },
    { head: "Status", cell: ({ status }) => statusPill(status) },
    {
      head: "Total",
      figures: true,
      cell: (order) => money(serializeOrder(world, order).total_amount, order.currency),
    },
    {
      head: "Reason",
      wide: true,
      cell: ({ billing_reason }) => billing_reason.replaceAll("_", " "),
    },
    { head: "Created", wide: true, cell: ({ created_at }) => momentText(created_at) },
  ],
  filters: [
    {
      name: "status",
      label: "Status",
      options: () => STATUSES.map((status) => [status, status.replaceAll("_", " ")] as const),
      matches: (_world, { status }, value) => status === value,
    },
  ],
};

function show(context: Console, id: string) {
  const { world } = context;
  const order = world.orders.get(id);
  if (!order) return null;
  const here = `/console/orders/${id}`;
  const shown = serializeOrder(world, order);
  const amount = (value: number) => money(value, order.currency);
  const isRefundable = shown.paid && shown.refundable_amount > 0;
  return objectView({
    title: order.description,
    id,
    kind: "Order",
    status: statusPill(order.status),
    actions: actionBar([
      order.is_invoice_generated &&
        html`<a${attributes({ class: "button quiet", href: context.callFor("url", "GET", `/v1/orders/${id}/invoice`) })}>Invoice</a>`,
      order.status === "pending" &&
        actionButton(here, { name: "charge", label: "Retry the charge", tone: "primary" }),
      isRefundable &&
        actionButton(here, {
          name: "refund",
          label: `Refund ${amount(shown.refundable_amount)}`,
          tone: "danger",
        }),
    ]),
    facts: facts([
      ["Customer", customerLink(world, order.customer_id)],
      ["Product", productLink(world, order.product_id)],
      ["Subscription", order.subscription_id && subscriptionLink(world, order.subscription_id)],
      ["Number", order.invoice_number],
      ["Reason", order.billing_reason.replaceAll("_", " ")],
      ["Total", amount(shown.total_amount)],
      ["Credit used", shown.applied_balance_amount ? amount(shown.applied_balance_amount) : null],
      ["Refunded", shown.refunded_amount ? amount(shown.refunded_amount) : null],
      ["Next attempt", order.next_payment_attempt_at && momentText(order.next_payment_attempt_at)],
      ["Created", momentText(order.created_at)],
    ]),
    parts: [
      html`<section>
        <h2>Items</h2>
        <div class="panel list">${table(
          "Items",
          [
            { head: "Item", cell: ({ label }) => label },
            { head: "Amount", figures: true, cell: (item) => amount(item.amount) },
          ],
          shown.items,
        )}</div>
      </section>`,
    ],
    source: jsonPanel("As the API shows it", context.call("GET", `/v1/orders/${id}`)),
  });
}

function act(context: Console, id: string | null, form: URLSearchParams): Outcome {
  const { world } = context;
  const order = world.orders.get(id);
  if (!order) throw notFound();
  switch (form.get("action")) {
    case "refund": {
      const amount = serializeOrder(world, order).refundable_amount;
      const status = context.callFor("status", "POST", "/v1/refunds", {
        order_id: order.id,
        reason: "customer_request",
        amount,
      });
      const sum = money(amount, order.currency);
      return {
        text: status === "pending" ? `The refund of ${sum} waits.` : `${sum} are refunded.`,
      };
    }
    case "charge": {
      world.store.transaction(() => chargeOrder(world, order.id));
      const isPaid = world.orders.need(order.id).status === "paid";
      return { text: isPaid ? "The charge went through." : "The charge failed once more." };
    }
    default:
      throw unknownAction();
  }
}

export const ordersSection: Section = {
  path: "orders",
  title: "Orders",
  list: ({ world }, query) => listView(world, orders, query),
  show,
  act,
};
