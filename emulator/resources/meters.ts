import { matchesFilter } from "../engine/aggregation.ts";
import { isUnderLimits, quantitiesOf } from "../engine/quantities.ts";
import { zoneOf } from "../engine/zone.ts";
import { invalidValue, notFound } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import { created, type Routes } from "../http/router.ts";
import {
  awareInstant,
  boolean,
  defined,
  metadata,
  nullish,
  number,
  object,
  oneOf,
  optional,
  parse,
  string,
  tagged,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { customerOf, externalIdOf } from "../serializers/event.ts";
import type { MeterDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { filter } from "./filter.ts";

const ofProperty = <const F extends string>(func: F) =>
  object({ func: oneOf(func), property: string({ min: 1 }) });

const aggregation = tagged("func", {
  count: object({ func: oneOf("count") }),
  sum: ofProperty("sum"),
  max: ofProperty("max"),
  min: ofProperty("min"),
  avg: ofProperty("avg"),
  unique: ofProperty("unique"),
});

const unit = oneOf("scalar", "token", "custom");

const meterCreate = object({
  name: string({ min: 3 }),
  unit: withDefault(unit, "scalar"),
  custom_label: nullish(string({ max: 64 })),
  custom_multiplier: nullish(number()),
  filter,
  aggregation,
  metadata: withDefault(metadata(), {}),
});

const meterUpdate = object({
  name: optional(string({ min: 3 })),
  unit: optional(unit),
  custom_label: nullish(string({ max: 64 })),
  custom_multiplier: nullish(number()),
  filter: optional(filter),
  aggregation: optional(aggregation),
  metadata: optional(metadata()),
  is_archived: optional(boolean()),
});

/** Before that there was no Polar (server, kit/time_queries.py). */
const EARLIEST = "2023-01-01T00:00:00.000000Z";

const quantitiesQuery = object({
  start_timestamp: awareInstant(),
  end_timestamp: awareInstant(),
  interval: oneOf("hour", "day", "week", "month", "year"),
  timezone: withDefault(string(), "UTC"),
  customer_aggregation_function: optional(oneOf("count", "sum", "max", "min", "avg", "unique")),
});

function need(world: World, id: string | undefined): MeterDoc {
  const meter = world.meters.get(id);
  if (!meter) throw notFound();
  return meter;
}

/** A meter's quantity for each interval between two dates, and over all of them. */
function quantities(world: World, meter: MeterDoc, query: Record<string, unknown>) {
  const wanted = parse(quantitiesQuery, query, ["query"]);
  const { start_timestamp: start, end_timestamp: end, interval } = wanted;
  const zone = zoneOf(wanted.timezone);
  if (!zone) throw invalidValue(["query", "timezone"], "Invalid timezone.", wanted.timezone);
  if (start < EARLIEST)
    throw invalidValue(
      ["query", "start_timestamp"],
      `Input should be greater than or equal to ${EARLIEST}`,
      start,
      "greater_than_equal",
    );
  if (!isUnderLimits(start, end, interval))
    throw invalidValue(
      ["query"],
      "The interval is too small for the given date range. Use a larger interval or reduce the date range.",
      [start, end, interval],
    );
  const events = filterBy(world.events.all(), query, {
    customer_id: among(uuid(), (event) => customerOf(world, event)?.id),
    external_customer_id: among(string(), (event) => externalIdOf(world, event)),
  }).filter(
    (event) =>
      event.source === "user" &&
      matchesMetadata(event.metadata, query) &&
      matchesFilter(meter.filter, event),
  );
  return quantitiesOf(meter, events, {
    start,
    end,
    interval,
    zone,
    customerFunction: wanted.customer_aggregation_function,
    customerOf: (event) => event.customer_id ?? event.external_customer_id ?? "",
  });
}

export const meterRoutes: Routes = {
  "GET /v1/meters": ({ world, query }) => {
    const found = filterBy(world.meters.all(), query, {
      organization_id: among(uuid(), ({ organization_id }) => organization_id),
      query: given(string(), ({ name }, text) => contains(name, text)),
      is_archived: given(boolean(), (m, wanted) => (m.archived_at !== null) === wanted),
    }).filter((meter) => matchesMetadata(meter.metadata, query));
    const keys = { name: (m: MeterDoc) => m.name, created_at: (m: MeterDoc) => m.created_at };
    return paginate(sort(found, query, keys, ["name"]), query, (meter) => meter);
  },
  "POST /v1/meters": ({ world, body }) => {
    const wanted = parse(meterCreate, body);
    return created(
      world.meters.put({
        ...wanted,
        id: newId(),
        created_at: world.clock.tick(),
        modified_at: null,
        custom_label: wanted.custom_label ?? null,
        custom_multiplier: wanted.custom_multiplier ?? null,
        organization_id: world.organization.id,
        archived_at: null,
      }),
    );
  },
  "GET /v1/meters/{id}": ({ world, params }) => need(world, params.id),
  "PATCH /v1/meters/{id}": ({ world, params, body }) => {
    const meter = need(world, params.id);
    const { is_archived, ...changes } = parse(meterUpdate, body);
    const at = world.clock.tick();
    return world.meters.put({
      ...meter,
      ...defined(changes),
      archived_at: is_archived === undefined ? meter.archived_at : is_archived ? at : null,
      modified_at: at,
    });
  },
  "GET /v1/meters/{id}/quantities": ({ world, params, query }) =>
    quantities(world, need(world, params.id), query),
};
