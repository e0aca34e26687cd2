import type { models } from "@polar-sh/sdk/2026-10";
import { aggregate, matchesFilter } from "../engine/aggregation.ts";
import { notFound } from "../http/errors.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import { created, type Routes } from "../http/router.ts";
import {
  array,
  boolean,
  defined,
  instant,
  isRecord,
  metadata,
  nullish,
  number,
  object,
  oneOf,
  optional,
  parse,
  type Schema,
  string,
  tagged,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { serializeEvent } from "../serializers/event.ts";
import type { MeterDoc } from "../store/documents.ts";
import { addDays, nextPeriod } from "../time.ts";
import type { World } from "../world.ts";

const MOST_BUCKETS = 1000;

/** The value of a clause: a string, a number or a boolean, as it was sent. */
const scalar: Schema<string | number | boolean> = {
  read(value, loc, issues) {
    if (["string", "number", "boolean"].includes(typeof value)) return value as string;
    issues.push({ type: "string_type", loc, msg: "Input should be a valid string", input: value });
    return "";
  },
};

const clause = object({
  property: string({ min: 1 }),
  operator: oneOf("eq", "ne", "gt", "gte", "lt", "lte", "like", "not_like"),
  value: scalar,
});

/** A clause or, nested, a whole filter again. */
const clauseOrFilter: Schema<models.FilterClause | models.Filter> = {
  read: (value, loc, issues) =>
    (isRecord(value) && "clauses" in value ? filter : clause).read(value, loc, issues),
};

const filter: Schema<models.Filter> = object({
  conjunction: oneOf("and", "or"),
  clauses: array(clauseOrFilter),
});

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

const quantitiesQuery = object({
  start_timestamp: instant(),
  end_timestamp: instant(),
  interval: oneOf("hour", "day", "week", "month", "year"),
});

function need(world: World, id: string | undefined): MeterDoc {
  const meter = world.meters.get(id);
  if (!meter) throw notFound();
  return meter;
}

function bucketEnd(start: string, interval: "hour" | "day" | "week" | "month" | "year"): string {
  return interval === "hour" ? addDays(start, 1 / 24) : nextPeriod(start, interval, 1);
}

/** A meter's quantity for each interval between two dates, and over all of them. */
function quantities(world: World, meter: MeterDoc, query: Record<string, unknown>) {
  const { start_timestamp, end_timestamp, interval } = parse(quantitiesQuery, query, ["query"]);
  const used = filterBy(
    world.events
      .all()
      .filter(
        (event) =>
          event.source === "user" &&
          event.timestamp >= start_timestamp &&
          event.timestamp <= end_timestamp &&
          matchesFilter(meter.filter, event),
      )
      .map((event) => ({ event, shown: serializeEvent(world, event) })),
    query,
    {
      customer_id: ({ shown }) => shown.customer_id,
      external_customer_id: ({ shown }) => shown.external_customer_id,
    },
  ).map(({ event }) => event);
  const buckets: { timestamp: string; quantity: number }[] = [];
  for (let start = start_timestamp; start < end_timestamp && buckets.length < MOST_BUCKETS; ) {
    const end = bucketEnd(start, interval);
    const inside = used.filter((event) => event.timestamp >= start && event.timestamp < end);
    buckets.push({ timestamp: start, quantity: aggregate(meter.aggregation, inside) });
    start = end;
  }
  return { quantities: buckets, total: aggregate(meter.aggregation, used) };
}

export const meterRoutes: Routes = {
  "GET /v1/meters": ({ world, query }) => {
    const { is_archived } = parse(object({ is_archived: optional(boolean()) }), query, ["query"]);
    const found = world.meters
      .all()
      .filter((meter) => matchesMetadata(meter.metadata, query))
      .filter((meter) => is_archived === undefined || Boolean(meter.archived_at) === is_archived);
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
