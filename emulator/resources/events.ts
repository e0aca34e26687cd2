import type { models } from "@polar-sh/sdk/2026-10";
import { matchesFilter } from "../engine/aggregation.ts";
import { customerByExternalId } from "../engine/customers.ts";
import { invalidRequest, invalidValue, notFound } from "../http/errors.ts";
import { among, filterBy } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import { parseJson } from "../http/read-body.ts";
import type { Call, Routes } from "../http/router.ts";
import {
  array,
  awareInstant,
  integer,
  nullish,
  object,
  optional,
  parse,
  present,
  string,
  uuid,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { customerOf, externalIdOf, serializeEvent } from "../serializers/event.ts";
import type { EventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { eventSource } from "./enums.ts";
import { eventMetadata } from "./event-metadata.ts";
import { filter } from "./filter.ts";

const ingest = object({
  events: array(
    object({
      name: string({ min: 1, max: 128 }),
      timestamp: present(awareInstant()),
      external_id: nullish(string()),
      customer_id: optional(uuid()),
      external_customer_id: optional(string({ min: 1 })),
      parent_id: nullish(string()),
      metadata: present(eventMetadata),
    }),
  ),
});
type Incoming = ReturnType<typeof ingest.read>["events"][number];

/** Everything that is wrong with a batch: one bad event refuses all of it. */
function problems(world: World, events: readonly Incoming[]): models.ValidationError[] {
  const now = world.clock.now();
  return events.flatMap((event, index) => {
    const issues: models.ValidationError[] = [];
    const at = (field: string) => ["body", "events", index, field];
    if (event.timestamp && event.timestamp > now)
      issues.push({
        type: "timestamp_in_future",
        loc: at("timestamp"),
        msg: "Timestamp must be in the past.",
        input: event.timestamp,
      });
    if (!event.customer_id && !event.external_customer_id)
      issues.push({
        type: "missing",
        loc: at("customer_id"),
        msg: "Field required",
        input: null,
      });
    if (event.customer_id && !world.customers.get(event.customer_id))
      issues.push({
        type: "customer_id",
        loc: at("customer_id"),
        msg: "Customer not found.",
        input: event.customer_id,
      });
    return issues;
  });
}

/** An event's parent, by Polar's id or by the sender's; null where there is none (yet). */
function parentOf(world: World, id: string | null | undefined): string | null {
  if (!id) return null;
  return (world.events.get(id) ?? world.events.where("external_id", id)[0])?.id ?? null;
}

function store(world: World, event: Incoming): void {
  const customer = event.customer_id
    ? world.customers.need(event.customer_id)
    : customerByExternalId(world, event.external_customer_id ?? "");
  const at = world.clock.tick();
  const stored = world.events.put({
    id: newId(),
    timestamp: event.timestamp ?? at,
    ingested_at: at,
    organization_id: world.organization.id,
    customer_id: customer?.id ?? null,
    external_customer_id: event.external_customer_id ?? null,
    external_id: event.external_id ?? null,
    name: event.name,
    source: "user",
    parent_id: parentOf(world, event.parent_id),
    metadata: event.metadata ?? {},
  });
  if (customer && !customer.first_user_event_at)
    world.customers.patch(customer.id, { first_user_event_at: stored.timestamp });
}

function ingestEvents({ world, body }: Call): models.EventsIngestResponse {
  const { events } = parse(ingest, body);
  const issues = problems(world, events);
  if (issues.length > 0) throw invalidRequest(issues);
  const touched = new Set<string>();
  let duplicates = 0;
  for (const event of events) {
    if (event.external_id && world.events.where("external_id", event.external_id).length > 0) {
      duplicates += 1;
      continue;
    }
    store(world, event);
    const customer =
      event.customer_id ?? customerByExternalId(world, event.external_customer_id ?? "")?.id;
    if (customer) touched.add(customer);
  }
  for (const customer_id of touched)
    for (const { id } of world.meters.values())
      world.scheduler.debounce(
        { kind: "meter.update", customer_id, meter_id: id },
        world.options.meterDelayMs,
      );
  return { inserted: events.length - duplicates, duplicates };
}

const findQuery = object({
  start_timestamp: present(awareInstant()),
  end_timestamp: present(awareInstant()),
  meter_id: optional(uuid()),
  parent_id: optional(uuid()),
  depth: optional(integer({ min: 0, max: 5 })),
  query: optional(string({ min: 3 })),
});

/** The filter that the query holds as JSON. */
function givenFilter(query: Record<string, unknown>): models.Filter | undefined {
  return query.filter === undefined
    ? undefined
    : parse(filter, parseJson(String(query.filter)), ["query", "filter"]);
}

/** How many generations an event stands below its first ancestor, or below `anchor`; null where it does not. */
function depthOf(world: World, event: EventDoc, anchor: string | undefined): number | null {
  let depth = 0;
  for (let at: EventDoc | undefined = event; at; at = world.events.get(at.parent_id), depth += 1) {
    if (anchor ? at.id === anchor : at.parent_id === null) return depth;
  }
  return null;
}

function find(world: World, query: Record<string, unknown>): EventDoc[] {
  const wanted = parse(findQuery, query, ["query"]);
  const meter = wanted.meter_id ? world.meters.get(wanted.meter_id) : undefined;
  if (wanted.meter_id && !meter)
    throw invalidValue(["query", "meter_id"], "Meter does not exist.", wanted.meter_id);
  const filters = [meter?.filter, givenFilter(query)].filter((each) => each !== undefined);
  const { start_timestamp, end_timestamp, parent_id, depth: deepest } = wanted;
  return filterBy(world.events.all(), query, {
    organization_id: among(uuid(), ({ organization_id }) => organization_id),
    name: among(string(), ({ name }) => name),
    source: among(eventSource, ({ source }) => source),
    customer_id: among(uuid(), (event) => customerOf(world, event)?.id),
    external_customer_id: among(string(), (event) => externalIdOf(world, event)),
  }).filter((event) => {
    if (start_timestamp && event.timestamp < start_timestamp) return false;
    if (end_timestamp && event.timestamp > end_timestamp) return false;
    if (!filters.every((each) => matchesFilter(each, event))) return false;
    if (!matchesMetadata(event.metadata, query) || !contains(event.name, wanted.query))
      return false;
    if (parent_id && deepest === undefined) return event.parent_id === parent_id;
    if (deepest === undefined) return true;
    const depth = depthOf(world, event, parent_id);
    return depth !== null && depth <= deepest;
  });
}

function names({ world, query }: Call) {
  const byName = new Map<string, models.EventName>();
  for (const event of find(world, query)) {
    const key = `${event.source} ${event.name}`;
    const seen = byName.get(key);
    const at = event.timestamp;
    byName.set(key, {
      name: event.name,
      label: event.name,
      source: event.source,
      occurrences: (seen?.occurrences ?? 0) + 1,
      first_seen: seen && seen.first_seen < at ? seen.first_seen : at,
      last_seen: seen && seen.last_seen > at ? seen.last_seen : at,
    });
  }
  const keys = {
    name: (n: models.EventName) => n.name,
    occurrences: (n: models.EventName) => n.occurrences,
    first_seen: (n: models.EventName) => n.first_seen,
    last_seen: (n: models.EventName) => n.last_seen,
  };
  return paginate(sort([...byName.values()], query, keys, ["-last_seen"]), query, (name) => name);
}

export const eventRoutes: Routes = {
  "POST /v1/events/ingest": ingestEvents,
  "GET /v1/events/names": names,
  "GET /v1/events": ({ world, query }) => {
    const keys = { timestamp: (e: EventDoc) => e.timestamp };
    return paginate(sort(find(world, query), query, keys, ["-timestamp"]), query, (event) =>
      serializeEvent(world, event),
    );
  },
  "GET /v1/events/{id}": ({ world, params }) => {
    const event = world.events.get(params.id);
    if (!event) throw notFound();
    return serializeEvent(world, event);
  },
};
