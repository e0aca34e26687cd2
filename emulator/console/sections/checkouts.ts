import { attributes, html } from "../../pages/html.ts";
import { serializeCheckout } from "../../serializers/checkout.ts";
import type { CheckoutDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import type { Console, Section } from "../context.ts";
import { actionBar } from "../parts/actions.ts";
import { customerLink, objectLink, productLink } from "../parts/links.ts";
import { type Listing, listView, related } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { code, facts, jsonPanel, momentText, nothing, statusPill } from "../parts/text.ts";
import { orders } from "./orders.ts";

const STATUSES = ["open", "confirmed", "succeeded", "failed", "expired"] as const;

function nameOf(world: World, { product_id }: CheckoutDoc): string {
  return world.products.get(product_id)?.name ?? "Checkout";
}

function whose(world: World, { customer_id, customer_email, external_customer_id }: CheckoutDoc) {
  if (customer_id) return customerLink(world, customer_id);
  return customer_email ?? (external_customer_id ? code(external_customer_id) : nothing);
}

export const checkouts: Listing<CheckoutDoc> = {
  path: "checkouts",
  title: "Checkouts",
  noun: "checkouts",
  all: (world) => world.checkouts.all(),
  text: (world, checkout) => [
    nameOf(world, checkout),
    checkout.customer_email,
    checkout.external_customer_id,
    world.customers.get(checkout.customer_id)?.email,
  ],
  columns: (world) => [
    { head: "Product", cell: (each) => objectLink("checkouts", each.id, nameOf(world, each)) },
    { head: "Customer", wide: true, cell: (each) => whose(world, each) },
    { head: "Status", cell: ({ status }) => statusPill(status) },
    { head: "Created", wide: "phone", cell: ({ created_at }) => momentText(created_at) },
  ],
  filters: [
    {
      name: "status",
      label: "Status",
      options: () => STATUSES.map((status) => [status, status] as const),
      matches: (_world, { status }, value) => status === value,
    },
  ],
};

function show(context: Console, id: string) {
  const { world } = context;
  const checkout = world.checkouts.get(id);
  if (!checkout) return null;
  const { url } = serializeCheckout(world, checkout);
  return objectView({
    title: nameOf(world, checkout),
    id,
    kind: "Checkout",
    status: statusPill(checkout.status),
    actions: actionBar([
      html`<a${attributes({ class: "button primary", href: url })}>Open checkout</a>`,
    ]),
    facts: facts([
      ["Customer", html`${whose(world, checkout)}`],
      ["Product", productLink(world, checkout.product_id)],
      ["Success address", checkout.success_url && code(checkout.success_url)],
      ["Payment error", checkout.payment_error],
      ["Created", momentText(checkout.created_at)],
      ["Expires", momentText(checkout.expires_at)],
    ]),
    parts: [related(world, orders, world.orders.where("checkout_id", id), "Customer")],
    source: jsonPanel("As the API shows it", context.call("GET", `/v1/checkouts/${id}`)),
  });
}

export const checkoutsSection: Section = {
  path: "checkouts",
  title: "Checkouts",
  list: ({ world }, query) => listView(world, checkouts, query),
  show,
};
