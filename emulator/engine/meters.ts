import { newId } from "../ids.ts";
import type { CustomerMeterDoc, EventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { aggregate, matchesFilter } from "./aggregation.ts";
import { stateChanged } from "./customers.ts";

/** What a customer's meter holds since its last reset. Units of credits that roll over are told apart. */
export interface Window {
  consumed: number;
  credited: number;
  rollover: number;
}

/** A running sum that does not fall below zero: a revocation takes no more than what was there. */
function runningSum(units: Iterable<number>): number {
  let sum = 0;
  for (const each of units) sum = Math.max(0, sum + each);
  return sum;
}

function isSystem(event: EventDoc, name: string, meterId: string): boolean {
  return event.source === "system" && event.name === name && event.metadata.meter_id === meterId;
}

/** Reads the current window: everything that arrived since the meter was last reset, and since `from`. */
export function readWindow(world: World, customerId: string, meterId: string, from = ""): Window {
  const meter = world.meters.need(meterId);
  const events = world.events.where("customer_id", customerId);
  const reset = events.findLastIndex((event) => isSystem(event, "meter.reset", meterId));
  const resetAt = events[reset]?.ingested_at ?? "";
  const since = from > resetAt ? from : resetAt;
  const current = events.filter((event) => event.ingested_at >= since);
  const credits = current.filter((event) => isSystem(event, "meter.credited", meterId));
  const used = current.filter(
    (event) => event.source === "user" && matchesFilter(meter.filter, event),
  );
  const units = (found: EventDoc[]) =>
    runningSum(found.map((event) => Number(event.metadata.units)));
  return {
    consumed: aggregate(meter.aggregation, used),
    credited: units(credits),
    rollover: units(credits.filter((event) => event.metadata.rollover === true)),
  };
}

function recordSystemEvent(
  world: World,
  customerId: string,
  name: string,
  metadata: Record<string, unknown>,
): void {
  const at = world.clock.tick();
  const customer = world.customers.need(customerId);
  world.events.put({
    id: newId(),
    timestamp: at,
    ingested_at: at,
    organization_id: customer.organization_id,
    customer_id: customerId,
    external_customer_id: customer.external_id,
    external_id: null,
    name,
    source: "system",
    parent_id: null,
    metadata,
  });
}

/** Credits units to a customer's meter at once; negative ones take a credit back. */
export function creditMeter(
  world: World,
  customerId: string,
  credit: { meter_id: string; units: number; rollover: boolean },
): void {
  recordSystemEvent(world, customerId, "meter.credited", credit);
  updateCustomerMeter(world, customerId, credit.meter_id);
}

/** Starts a meter's next window. Of credits that roll over, what is left is carried on. */
export function resetMeter(world: World, customerId: string, meterId: string): void {
  const { consumed, credited, rollover } = readWindow(world, customerId, meterId);
  const carried = Math.max(0, Math.min(Math.floor(credited - consumed), rollover));
  recordSystemEvent(world, customerId, "meter.reset", { meter_id: meterId });
  if (carried > 0)
    recordSystemEvent(world, customerId, "meter.credited", {
      meter_id: meterId,
      units: carried,
      rollover: true,
    });
  updateCustomerMeter(world, customerId, meterId);
}

/** When a customer's meter was last reset, or null when it never was. */
export function lastReset(world: World, customerId: string, meterId: string): string | null {
  const reset = world.events
    .where("customer_id", customerId)
    .findLast((event) => isSystem(event, "meter.reset", meterId));
  return reset?.ingested_at ?? null;
}

/** Recalculates what `customerMeters` shows. Returns whether anything changed. */
export function updateCustomerMeter(world: World, customerId: string, meterId: string): boolean {
  const { consumed, credited } = readWindow(world, customerId, meterId);
  const found = world.customerMeters
    .where("customer_id", customerId)
    .find((meter) => meter.meter_id === meterId);
  if (!found && consumed === 0 && credited === 0) return false;
  if (found && found.consumed_units === consumed && found.credited_units === credited) return false;
  const at = world.clock.tick();
  const meter: CustomerMeterDoc = {
    id: found?.id ?? newId(),
    created_at: found?.created_at ?? at,
    modified_at: found ? at : null,
    customer_id: customerId,
    meter_id: meterId,
    consumed_units: consumed,
    credited_units: credited,
  };
  world.customerMeters.put(meter);
  stateChanged(world, customerId);
  return true;
}
