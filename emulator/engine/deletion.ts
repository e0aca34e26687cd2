import { createHash } from "node:crypto";
import { serializeCustomer } from "../serializers/customer.ts";
import type { CustomerDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { revokeSubscription } from "./cancel.ts";
import { BILLABLE } from "./cancellation.ts";
import { emailKey, stateChanged } from "./customers.ts";
import { removeMembers } from "./members.ts";
import { revokeSeatsOf } from "./seats.ts";

/** What is left of a customer's person: a business keeps its name, which its invoices need. */
function anonymous(customer: CustomerDoc, at: string): Partial<CustomerDoc> {
  const hashed = (text: string) =>
    createHash("sha256").update(`${customer.created_at}${text}`).digest("hex");
  const { name, billing_name, tax_id } = customer;
  const email = `${hashed(customer.email)}@anonymized.polar.sh`;
  return {
    email,
    email_key: emailKey(email),
    name: name && !tax_id ? hashed(name) : name,
    billing_name: billing_name && hashed(billing_name),
    billing_address: null,
    metadata: { ...customer.metadata, __anonymized_at: at },
  };
}

/**
 * Deletes a customer: their subscriptions end at once, but for one that is paused, which Polar leaves as
 * it is (subscription/service.py, `cancel_customer`). The document stays, for orders tell of it, but its
 * external id is free to be used again, and is kept in the metadata alone. Who is made anonymous is
 * told of twice, the second time as changed (polarsource/polar, customer/service.py).
 */
export function deleteCustomer(world: World, id: string, anonymize: boolean): void {
  for (const subscription of world.subscriptions.where("customer_id", id))
    if (BILLABLE.has(subscription.status)) revokeSubscription(world, subscription.id, {});
  const at = world.clock.tick();
  const kept = world.customers.need(id);
  const found: CustomerDoc = kept.external_id
    ? { ...kept, metadata: { ...kept.metadata, __external_id: kept.external_id } }
    : kept;
  const customer = world.customers.patch(id, {
    metadata: found.metadata,
    ...(anonymize ? anonymous(found, at) : {}),
    external_id: null,
    deleted_at: at,
    modified_at: at,
  });
  revokeSeatsOf(world, removeMembers(world, id));
  world.emitter.emit("customer.deleted", serializeCustomer(customer));
  if (anonymize) world.emitter.emit("customer.updated", serializeCustomer(customer));
  stateChanged(world, id);
}
