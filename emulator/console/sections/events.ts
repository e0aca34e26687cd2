import { customerOf } from "../../serializers/event.ts";
import type { EventDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import type { Console, Section } from "../context.ts";
import { customerLink, objectLink } from "../parts/links.ts";
import { type Listing, listView } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { code, facts, jsonPanel, momentText, nothing } from "../parts/text.ts";

function whose(world: World, event: EventDoc) {
  const customer = customerOf(world, event);
  if (customer) return customerLink(world, customer.id);
  return event.external_customer_id ? code(event.external_customer_id) : nothing;
}

export const events: Listing<EventDoc> = {
  path: "events",
  title: "Events",
  noun: "events",
  all: (world) => world.events.all(),
  text: (world, event) => {
    const customer = customerOf(world, event);
    return [event.name, event.external_id, event.external_customer_id, customer?.email];
  },
  columns: (world) => [
    { head: "Name", cell: ({ id, name }) => objectLink("events", id, name) },
    { head: "Customer", cell: (event) => whose(world, event) },
    { head: "Source", wide: true, cell: ({ source }) => source },
    { head: "External id", wide: true, cell: ({ external_id }) => external_id ?? nothing },
    { head: "Time", wide: true, cell: ({ timestamp }) => momentText(timestamp) },
  ],
  filters: [
    {
      name: "source",
      label: "Source",
      options: () => [
        ["user", "sent by you"],
        ["system", "of the system"],
      ],
      matches: (_world, { source }, value) => source === value,
    },
  ],
};

function show(context: Console, id: string) {
  const { world } = context;
  const event = world.events.get(id);
  if (!event) return null;
  return objectView({
    title: event.name,
    id,
    kind: "Event",
    actions: null,
    facts: facts([
      ["Customer", whose(world, event)],
      ["Source", event.source],
      ["External id", event.external_id],
      ["Time", momentText(event.timestamp)],
      ["Ingested", momentText(event.ingested_at)],
    ]),
    parts: [],
    source: jsonPanel("As the API shows it", context.call("GET", `/v1/events/${id}`)),
  });
}

export const eventsSection: Section = {
  path: "events",
  title: "Events",
  list: ({ world }, query) => listView(world, events, query),
  show,
};
