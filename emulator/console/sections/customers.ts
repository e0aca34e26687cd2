import { setCard } from "../../control/customers.ts";
import { notFound } from "../../http/errors.ts";
import { html } from "../../pages/html.ts";
import { money } from "../../pages/money.ts";
import { serializeCustomer } from "../../serializers/customer.ts";
import type { CustomerDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { objectLink } from "../parts/links.ts";
import { type Listing, listView, related } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { facts, jsonPanel, momentText, nothing, pill, textPanel } from "../parts/text.ts";
import { checkouts } from "./checkouts.ts";
import { events } from "./events.ts";
import { orders } from "./orders.ts";
import { subscriptions } from "./subscriptions.ts";

/** The cards to try, and what they do. */
const CARDS = [
  ["4242424242424242", "4242 pays"],
  ["4000000000000002", "0002 is declined"],
  ["4000002500003155", "3155 asks first"],
  ["4000000000000341", "0341 fails later"],
  ["4000000000007726", "7726 refunds late"],
  ["4000000000005126", "5126 fails to refund"],
] as const;

function subscribed(world: World, customer: CustomerDoc): string {
  const live = world.subscriptions
    .where("customer_id", customer.id)
    .find(({ ended_at }) => ended_at === null);
  return live ? world.products.need(live.product_id).name : "";
}

export const customers: Listing<CustomerDoc> = {
  path: "customers",
  title: "Customers",
  noun: "customers",
  all: (world) => world.customers.all(),
  text: (_world, { email, name, external_id }) => [email, name, external_id],
  columns: (world) => [
    { head: "E-mail", cell: ({ id, email }) => objectLink("customers", id, email) },
    { head: "Name", wide: true, cell: ({ name }) => name ?? nothing },
    { head: "External id", wide: true, cell: ({ external_id }) => external_id ?? nothing },
    {
      head: "Plan",
      cell: (customer) =>
        customer.deleted_at ? pill("deleted", "plain") : subscribed(world, customer) || nothing,
    },
    { head: "Created", wide: "phone", cell: ({ created_at }) => momentText(created_at) },
  ],
};

function source({ call }: { call: () => unknown }, customer: CustomerDoc) {
  return customer.deleted_at
    ? jsonPanel("As it was told of last; the API answers 404", serializeCustomer(customer))
    : jsonPanel("As the API shows it", call());
}

function show(context: Console, id: string) {
  const { world } = context;
  const customer = world.customers.get(id);
  if (!customer) return null;
  const { card, deleted_at } = customer;
  const here = `/console/customers/${id}`;
  const mine = `q=${encodeURIComponent(customer.email)}`;
  return objectView({
    title: customer.email,
    id,
    kind: "Customer",
    status: deleted_at ? pill("deleted", "plain") : null,
    actions: deleted_at
      ? null
      : actionBar([
          actionButton(here, { name: "open_portal", label: "Open portal", tone: "primary" }),
          ...CARDS.map(([number, label]) =>
            actionButton(here, { name: "set_card", label: `Card ${label}`, fields: { number } }),
          ),
          actionButton(here, { name: "delete", label: "Delete", tone: "danger" }),
        ]),
    facts: facts([
      ["Name", customer.name],
      ["External id", customer.external_id],
      ["Card on file", card ? `${card.brand} •••• ${card.last4}` : "none"],
      ["Credit", customer.balance > 0 ? money(customer.balance, "usd") : null],
      ["Created", momentText(customer.created_at)],
      ["Deleted", deleted_at ? momentText(deleted_at) : null],
    ]),
    parts: [
      related(world, subscriptions, world.subscriptions.where("customer_id", id), "Customer", mine),
      related(world, orders, world.orders.where("customer_id", id), "Customer", mine),
      related(world, events, world.events.where("customer_id", id), "Customer", mine),
      related(
        world,
        checkouts,
        world.checkouts.all().filter(({ customer_id }) => customer_id === id),
        "Customer",
        mine,
      ),
      deleted_at
        ? null
        : html`<section>${textPanel("Customer state", JSON.stringify(context.call("GET", `/v1/customers/${id}/state`), null, 2), false)}</section>`,
    ],
    source: source({ call: () => context.call("GET", `/v1/customers/${id}`) }, customer),
  });
}

function act(context: Console, id: string | null, form: URLSearchParams): Outcome {
  const customer = context.world.customers.get(id);
  if (!customer) throw notFound();
  switch (form.get("action")) {
    case "open_portal": {
      const href = context.callFor("customer_portal_url", "POST", "/v1/customer-sessions", {
        customer_id: customer.id,
      });
      return { text: "", href };
    }
    case "set_card": {
      const { last4 } = setCard(context.world, customer.id, form.get("number") ?? "");
      return { text: `The card on file ends in ${last4} now.` };
    }
    case "delete":
      context.call("DELETE", `/v1/customers/${customer.id}`);
      return { text: `${customer.email} is deleted.` };
    default:
      throw unknownAction();
  }
}

export const customersSection: Section = {
  path: "customers",
  title: "Customers",
  list: ({ world }, query) => listView(world, customers, query),
  show,
  act,
};
