import {
  createCustomer,
  customerByExternalId,
  emailKey,
  shownState,
  updateCustomer,
} from "../engine/customers.ts";
import { deleteCustomer } from "../engine/deletion.ts";
import { paymentMethodsOf } from "../engine/payment-methods.ts";
import { nextTaxId, readTaxId } from "../engine/tax-ids.ts";
import { notEmulated, notFound } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { type Call, created, Reply, type Routes } from "../http/router.ts";
import {
  boolean,
  defined,
  email,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  type Schema,
  string,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { serializeCustomer } from "../serializers/customer.ts";
import { serializePaymentMethod } from "../serializers/payment-method.ts";
import type { CustomerDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { address } from "./address.ts";
import {
  changedExternalId,
  clearedAddress,
  refuse,
  takenEmail,
  takenExternalId,
} from "./customer-conflicts.ts";

/** Nothing, written as an empty text, is null. */
const externalId: Schema<string | null> = {
  read: (value, loc, issues) => string({ max: 256 }).read(value, loc, issues) || null,
};
const about = {
  name: nullish(string({ max: 256 })),
  billing_address: nullish(address),
  tax_id: nullish(string()),
  locale: nullish(string()),
  external_id: nullish(externalId),
  type: optional(oneOf("individual", "team")),
};
const customerCreate = object({ ...about, email: email(), metadata: withDefault(metadata(), {}) });
const customerUpdate = object({
  ...about,
  email: optional(email()),
  metadata: optional(metadata()),
});

function need(customer: CustomerDoc | undefined): CustomerDoc {
  if (!customer || customer.deleted_at) throw notFound();
  return customer;
}

const byId = (world: World, id: string | undefined) => need(world.customers.get(id));
const byExternalId = (world: World, id: string | undefined) =>
  need(customerByExternalId(world, id ?? ""));

function refuseTeam(type: string | undefined): void {
  if (type === "team") throw notEmulated("customers of type team");
}

function create(world: World, body: unknown): Reply {
  const { type, tax_id, ...wanted } = parse(customerCreate, body);
  refuseTeam(type);
  refuse([
    ...takenEmail(world, wanted.email),
    ...(wanted.external_id ? takenExternalId(world, wanted.external_id) : []),
  ]);
  const number = tax_id ? readTaxId(tax_id, wanted.billing_address?.country) : null;
  return created(serializeCustomer(createCustomer(world, { ...wanted, tax_id: number })));
}

/** @param own whether the external id is among what may be changed, as it is not by itself */
function update(world: World, customer: CustomerDoc, body: unknown, byItself = false) {
  const { type, tax_id: number, external_id, ...changes } = parse(customerUpdate, body);
  refuseTeam(type);
  const setId = byItself ? undefined : external_id;
  refuse([
    ...(changes.email ? takenEmail(world, changes.email, customer) : []),
    ...clearedAddress(changes.billing_address),
    ...changedExternalId(world, customer, setId),
  ]);
  const tax_id = nextTaxId(customer, { ...changes, tax_id: number });
  return serializeCustomer(
    updateCustomer(world, customer.id, {
      ...defined({ ...changes, tax_id, external_id: setId }),
      ...(changes.email ? { email_key: emailKey(changes.email) } : {}),
    }),
  );
}

const removal = object({ anonymize: withDefault(boolean(), false) });

function remove({ world, query }: Call, customer: CustomerDoc): Reply {
  const { anonymize } = parse(removal, query, ["query"]);
  deleteCustomer(world, customer.id, anonymize);
  return new Reply(204);
}

function paymentMethods({ world, query }: Call, customer: CustomerDoc) {
  return paginate(paymentMethodsOf(world, customer.id), query, serializePaymentMethod);
}

/** Whether a customer has a subscription that is charged, or is to be. */
function isActive(world: World, customer: CustomerDoc): boolean {
  return world.subscriptions
    .where("customer_id", customer.id)
    .some(({ status }) => ["trialing", "active", "past_due"].includes(status));
}

/** Whether the text that is searched for is in a name or an address, or begins the external id. */
function matchesText(customer: CustomerDoc, text: string): boolean {
  const { email: address, name, billing_name, external_id } = customer;
  return (
    [address, name, billing_name].some((value) => value?.toLowerCase().includes(text)) ||
    (external_id?.toLowerCase().startsWith(text) ?? false)
  );
}

export const customerRoutes: Routes = {
  "GET /v1/customers": ({ world, query }) => {
    const kept = world.customers.all().filter((customer) => !customer.deleted_at);
    const found = filterBy(kept, query, {
      organization_id: among(uuid(), ({ organization_id }) => organization_id),
      email: given(string(), ({ email_key }, wanted) => email_key === emailKey(wanted)),
      query: given(string(), (one, text) => !text || matchesText(one, text.toLowerCase())),
      active: given(boolean(), (one, wanted) => isActive(world, one) === wanted),
    }).filter((customer) => matchesMetadata(customer.metadata, query));
    const keys = {
      created_at: (c: CustomerDoc) => c.created_at,
      email: (c: CustomerDoc) => c.email,
      name: (c: CustomerDoc) => c.name,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, serializeCustomer);
  },
  "POST /v1/customers": ({ world, body }) => create(world, body),
  "GET /v1/customers/{id}": ({ world, params }) => serializeCustomer(byId(world, params.id)),
  "PATCH /v1/customers/{id}": ({ world, params, body }) =>
    update(world, byId(world, params.id), body),
  "DELETE /v1/customers/{id}": (call) => remove(call, byId(call.world, call.params.id)),
  "GET /v1/customers/{id}/state": ({ world, params }) => shownState(world, byId(world, params.id)),
  "GET /v1/customers/{id}/payment-methods": (call) =>
    paymentMethods(call, byId(call.world, call.params.id)),
  "GET /v1/customers/external/{external_id}": ({ world, params }) =>
    serializeCustomer(byExternalId(world, params.external_id)),
  "PATCH /v1/customers/external/{external_id}": ({ world, params, body }) =>
    update(world, byExternalId(world, params.external_id), body, true),
  "DELETE /v1/customers/external/{external_id}": (call) =>
    remove(call, byExternalId(call.world, call.params.external_id)),
  "GET /v1/customers/external/{external_id}/state": ({ world, params }) =>
    shownState(world, byExternalId(world, params.external_id)),
  "GET /v1/customers/external/{external_id}/payment-methods": (call) =>
    paymentMethods(call, byExternalId(call.world, call.params.external_id)),
};
