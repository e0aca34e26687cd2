import { polarError } from "../http/errors.ts";
import type { CheckoutDoc, CustomerDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import {
  addCustomer,
  customerByEmail,
  customerByExternalId,
  emailKey,
  updateCustomer,
} from "./customers.ts";

/**
 * The customer who buys, where they are known: the one linked, else the one of the address.
 *
 * @throws ApiError 409 where the one linked was deleted, 422 where the external id is somebody else's.
 */
export function knownBuyer(world: World, checkout: CheckoutDoc): CustomerDoc | undefined {
  const email = checkout.customer_email ?? "";
  const linked = world.customers.get(checkout.customer_id);
  if (linked?.deleted_at)
    throw polarError(
      409,
      "CheckoutCustomerDeleted",
      "The customer associated with this checkout has been deleted.",
    );
  const known =
    linked ??
    (checkout.external_customer_id
      ? customerByExternalId(world, checkout.external_customer_id)
      : undefined);
  if (known && emailKey(known.email) !== emailKey(email))
    throw polarError(
      422,
      "CheckoutCustomerExternalIdMismatch",
      "A customer with this external ID already exists with a different email address.",
    );
  // An address that is known wins: the external id of the checkout is then silently ignored.
  return known ?? customerByEmail(world, email);
}

function detailsOf(checkout: CheckoutDoc) {
  return {
    name: checkout.customer_name,
    billing_name: checkout.customer_billing_name ?? checkout.customer_name,
    billing_address: checkout.customer_billing_address,
  };
}

/** Makes the customer who buys; that it was made is told of later. */
export function addBuyer(world: World, checkout: CheckoutDoc): CustomerDoc {
  return addCustomer(world, {
    ...detailsOf(checkout),
    email: checkout.customer_email ?? "",
    external_id: checkout.external_customer_id,
    locale: checkout.locale ?? "en",
    metadata: checkout.customer_metadata,
  });
}

/** Takes over what a customer who was known has typed in. */
export function updateBuyer(world: World, known: CustomerDoc, checkout: CheckoutDoc): CustomerDoc {
  const details = detailsOf(checkout);
  return updateCustomer(world, known.id, {
    ...details,
    name: known.name ?? details.name,
    billing_address: details.billing_address ?? known.billing_address,
    locale: known.locale ?? checkout.locale ?? "en",
  });
}
