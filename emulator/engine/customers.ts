import type { models } from "@polar-sh/sdk/2026-10";
import { newId, newShortId } from "../ids.ts";
import { serializeCustomer } from "../serializers/customer.ts";
import { type CustomerState, serializeCustomerState } from "../serializers/customer-state.ts";
import type { CustomerDoc, Metadata, TaxId } from "../store/documents.ts";
import { addSeconds } from "../time.ts";
import type { World } from "../world.ts";
import { addOwner } from "./members.ts";

/** How long, in seconds, a customer's state is shown without a look at what has become of it. */
const STATE_SECONDS = 3600;

export interface NewCustomer {
  email: string;
  external_id?: string | null | undefined;
  name?: string | null | undefined;
  billing_name?: string | null | undefined;
  billing_address?: models.Address | null | undefined;
  tax_id?: TaxId | null | undefined;
  locale?: string | null | undefined;
  metadata?: Metadata | undefined;
}

export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** The customer of this external id, unless it was deleted. */
export function customerByExternalId(world: World, externalId: string): CustomerDoc | undefined {
  return world.customers.where("external_id", externalId).find((found) => !found.deleted_at);
}

/** The customer of this address, unless it was deleted. */
export function customerByEmail(world: World, email: string): CustomerDoc | undefined {
  return world.customers.where("email_key", emailKey(email)).find((found) => !found.deleted_at);
}

/** Tells, a moment later, that what the customer may use has changed; changes in between are one. */
export function stateChanged(world: World, customerId: string): void {
  world.scheduler.debounce(
    { kind: "customer.state", customer_id: customerId },
    world.options.stateDebounceMs,
  );
}

/** Tells of a customer's state as it is now; from then on it is what is shown of it. */
export function emitState(world: World, customerId: string): void {
  const state = refreshState(world, world.customers.need(customerId));
  world.emitter.emit("customer.state_changed", state);
}

function refreshState(world: World, customer: CustomerDoc): CustomerState {
  const state = serializeCustomerState(world, customer);
  const good_until = addSeconds(world.clock.now(), STATE_SECONDS);
  world.states.set(customer.id, { state, good_until });
  return state;
}

/**
 * A customer's state as it was last told of, for an hour at most: what has changed since does not
 * show before `customer.state_changed` is sent.
 */
export function shownState(world: World, customer: CustomerDoc): CustomerState {
  const cached = world.states.get(customer.id);
  return cached && cached.good_until > world.clock.now()
    ? cached.state
    : refreshState(world, customer);
}

/** Makes a customer of whom nothing is told. Its address and external id must have been found free. */
export function newCustomerDocument(world: World, fields: NewCustomer): CustomerDoc {
  return world.customers.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    external_id: fields.external_id ?? null,
    email: fields.email,
    email_key: emailKey(fields.email),
    name: fields.name ?? null,
    billing_name: fields.billing_name ?? null,
    billing_address: fields.billing_address ?? null,
    tax_id: fields.tax_id ?? null,
    locale: fields.locale ?? null,
    metadata: fields.metadata ?? {},
    organization_id: world.organization.id,
    deleted_at: null,
    first_user_event_at: null,
    card: null,
    balance: 0,
    short_id: newShortId(),
    invoices: 0,
    receipts: 0,
    trials: [],
  });
}

/** Makes a customer, and tells of their first member where there are members. */
export function addCustomer(world: World, fields: NewCustomer): CustomerDoc {
  const customer = newCustomerDocument(world, fields);
  addOwner(world, customer);
  return customer;
}

/** Tells of a customer that was just made. */
export function announceCustomer(world: World, customer: CustomerDoc): CustomerDoc {
  world.emitter.emit("customer.created", serializeCustomer(customer));
  stateChanged(world, customer.id);
  adoptEvents(world, customer);
  return world.customers.need(customer.id);
}

/** Makes a customer and tells of it. */
export function createCustomer(world: World, fields: NewCustomer): CustomerDoc {
  return announceCustomer(world, addCustomer(world, fields));
}

/** Changes a customer, tells of it, and returns the new document. */
export function updateCustomer(
  world: World,
  id: string,
  changes: Partial<CustomerDoc>,
): CustomerDoc {
  const customer = world.customers.patch(id, { ...changes, modified_at: world.clock.tick() });
  world.emitter.emit("customer.updated", serializeCustomer(customer));
  stateChanged(world, id);
  if (changes.external_id) adoptEvents(world, customer);
  return world.customers.need(id);
}

/** Usage that was sent under an external id before its customer was there becomes the customer's. */
function adoptEvents(world: World, customer: CustomerDoc): void {
  if (!customer.external_id) return;
  const waiting = world.events
    .where("external_customer_id", customer.external_id)
    .filter((event) => event.customer_id === null);
  for (const event of waiting) world.events.patch(event.id, { customer_id: customer.id });
  if (waiting.length === 0) return;
  world.customers.patch(customer.id, { first_user_event_at: waiting[0]?.timestamp ?? null });
  for (const meter of world.meters.values())
    world.scheduler.debounce(
      { kind: "meter.update", customer_id: customer.id, meter_id: meter.id },
      world.options.meterDelayMs,
    );
}
