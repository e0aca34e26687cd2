import { updateCustomer } from "../../engine/customers.ts";
import { chooseCard } from "../../engine/payment-methods.ts";
import { nextTaxId } from "../../engine/tax-ids.ts";
import { invalidValue } from "../../http/errors.ts";
import { type PortalCall, portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";
import { nullish, object, parse, string, uuid } from "../../http/schema.ts";
import { serializePortalCustomer } from "../../serializers/portal.ts";
import { address } from "../address.ts";

const customerUpdate = object({
  billing_name: nullish(string()),
  billing_address: nullish(address),
  tax_id: nullish(string()),
  default_payment_method_id: nullish(uuid()),
});

function refuseReset(field: string, msg: string): never {
  throw invalidValue(["body", field], msg, null, "missing");
}

function update({ world, customer, body }: PortalCall) {
  const wanted = parse(customerUpdate, body);
  if (wanted.billing_address === null)
    refuseReset("billing_address", "Customer billing address cannot be reset to null once set.");
  if (wanted.default_payment_method_id === null)
    refuseReset("default_payment_method_id", "Default payment method cannot be reset to null.");
  const method = world.paymentMethods.get(wanted.default_payment_method_id);
  if (wanted.default_payment_method_id && method?.customer_id !== customer.id)
    throw invalidValue(
      ["body", "default_payment_method_id"],
      "Payment method not found.",
      wanted.default_payment_method_id,
      "invalid",
    );
  const tax_id = nextTaxId(customer, wanted);
  updateCustomer(world, customer.id, {
    ...(wanted.billing_name ? { billing_name: wanted.billing_name } : {}),
    ...(wanted.billing_address ? { billing_address: wanted.billing_address } : {}),
    ...(tax_id === undefined ? {} : { tax_id }),
  });
  if (method) chooseCard(world, customer, method);
  return serializePortalCustomer(world.customers.need(customer.id));
}

export const portalCustomerRoutes: Routes = {
  "GET /v1/customer-portal/customers/me": portal(({ customer }) =>
    serializePortalCustomer(customer),
  ),
  "PATCH /v1/customer-portal/customers/me": portal(update),
};
