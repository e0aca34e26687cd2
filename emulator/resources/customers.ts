import {
  createCustomer,
  customerByEmail,
  customerByExternalId,
  emailKey,
  updateCustomer,
} from "../engine/customers.ts";
import { deleteCustomer } from "../engine/deletion.ts";
import { invalidValue, notEmulated, notFound } from "../http/errors.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import { created, Reply, type Routes } from "../http/router.ts";
import {
  defined,
  email,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  string,
  withDefault,
} from "../http/schema.ts";
import { serializeCustomer } from "../serializers/customer.ts";
import { serializeCustomerState } from "../serializers/customer-state.ts";
import type { CustomerDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { address } from "./address.ts";

const externalId = string({ min: 1, max: 256 });
const about = {
  name: nullish(string({ max: 256 })),
  billing_address: nullish(address),
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

function refuseTakenEmail(world: World, wanted: string, own?: CustomerDoc): void {
  const found = customerByEmail(world, wanted);
  if (found && found.id !== own?.id)
    throw invalidValue(
      ["body", "email"],
      "A customer with this email address already exists.",
      wanted,
    );
}

function refuseTakenExternalId(world: World, wanted: string): void {
  if (customerByExternalId(world, wanted))
    throw invalidValue(
      ["body", "external_id"],
      "A customer with this external ID already exists.",
      wanted,
    );
}

function refuseTeam(type: string | undefined): void {
  if (type === "team") throw notEmulated("customers of type team");
}

function create(world: World, body: unknown): Reply {
  const { type, ...wanted } = parse(customerCreate, body);
  refuseTeam(type);
  refuseTakenEmail(world, wanted.email);
  if (wanted.external_id) refuseTakenExternalId(world, wanted.external_id);
  return created(serializeCustomer(createCustomer(world, wanted)));
}

function update(world: World, customer: CustomerDoc, body: unknown) {
  const { type, ...changes } = parse(customerUpdate, body);
  refuseTeam(type);
  if (changes.email && emailKey(changes.email) !== customer.email_key)
    refuseTakenEmail(world, changes.email, customer);
  if (changes.external_id !== undefined && changes.external_id !== customer.external_id) {
    if (customer.external_id)
      throw invalidValue(
        ["body", "external_id"],
        "Customer external ID cannot be updated.",
        changes.external_id,
      );
    if (changes.external_id) refuseTakenExternalId(world, changes.external_id);
  }
  return serializeCustomer(
    updateCustomer(world, customer.id, {
      ...defined(changes),
      ...(changes.email ? { email_key: emailKey(changes.email) } : {}),
    }),
  );
}

function remove(world: World, customer: CustomerDoc): Reply {
  deleteCustomer(world, customer.id);
  return new Reply(204);
}

export const customerRoutes: Routes = {
  "GET /v1/customers": ({ world, query }) => {
    const text = typeof query.query === "string" ? query.query.toLowerCase() : "";
    const lowered = { ...query, ...(query.email ? { email: emailKey(String(query.email)) } : {}) };
    const found = filterBy(
      world.customers.all().filter((customer) => !customer.deleted_at),
      lowered,
      { email: ({ email_key }) => email_key, external_id: ({ external_id }) => external_id },
    )
      .filter((customer) => matchesMetadata(customer.metadata, query))
      .filter((customer) =>
        [customer.email, customer.name, customer.external_id].some((value) =>
          value?.toLowerCase().includes(text),
        ),
      );
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
  "DELETE /v1/customers/{id}": ({ world, params }) => remove(world, byId(world, params.id)),
  "GET /v1/customers/{id}/state": ({ world, params }) =>
    serializeCustomerState(world, byId(world, params.id)),
  "GET /v1/customers/external/{external_id}": ({ world, params }) =>
    serializeCustomer(byExternalId(world, params.external_id)),
  "PATCH /v1/customers/external/{external_id}": ({ world, params, body }) =>
    update(world, byExternalId(world, params.external_id), body),
  "DELETE /v1/customers/external/{external_id}": ({ world, params }) =>
    remove(world, byExternalId(world, params.external_id)),
  "GET /v1/customers/external/{external_id}/state": ({ world, params }) =>
    serializeCustomerState(world, byExternalId(world, params.external_id)),
};
