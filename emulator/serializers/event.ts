import type { models } from "@polar-sh/sdk/2026-10";
import type { EventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer } from "./customer.ts";

/** A usage event, or one of the system's own (then `source` is "system"). */
export function serializeEvent(
  world: World,
  event: EventDoc,
): Omit<models.UserEvent, "source" | "metadata"> & Pick<EventDoc, "source" | "metadata"> {
  const customer = customerOf(world, event);
  return {
    id: event.id,
    timestamp: event.timestamp,
    organization_id: event.organization_id,
    customer_id: customer?.id ?? event.customer_id,
    customer: customer ? serializeCustomer(customer) : null,
    external_customer_id: externalIdOf(world, event),
    member_id: null,
    external_member_id: null,
    child_count: world.events.where("parent_id", event.id).length,
    parent_id: event.parent_id,
    label: event.name,
    name: event.name,
    source: event.source,
    metadata: event.metadata,
  };
}

/** The customer of an event, also where that one came after it. */
export function customerOf(world: World, event: EventDoc) {
  return event.customer_id
    ? world.customers.get(event.customer_id)
    : event.external_customer_id
      ? world.customers.where("external_id", event.external_customer_id)[0]
      : undefined;
}

/** The external id of an event's customer, also where the event was sent under Polar's own id. */
export function externalIdOf(world: World, event: EventDoc): string | null {
  return event.external_customer_id ?? customerOf(world, event)?.external_id ?? null;
}
