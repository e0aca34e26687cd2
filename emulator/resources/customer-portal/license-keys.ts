import { rotateLicenseKey } from "../../engine/license-keys.ts";
import { notFound } from "../../http/errors.ts";
import { among, filterBy } from "../../http/filters.ts";
import { paginate } from "../../http/pagination.ts";
import { type PortalCall, portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";
import { uuid } from "../../http/schema.ts";
import {
  serializeLicenseKey,
  serializeLicenseKeyWithActivations,
} from "../../serializers/license-key.ts";
import type { LicenseKeyDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";

function own({ world, customer, params }: PortalCall): LicenseKeyDoc {
  const key = world.licenseKeys.get(params.id);
  if (key?.customer_id !== customer.id) throw notFound();
  return key;
}

/** Whether its customer may see where a key is in use, and free a place. */
export function isCustomerAdmin(world: World, key: LicenseKeyDoc): boolean {
  const benefit = world.benefits.need(key.benefit_id);
  return (
    benefit.type === "license_keys" &&
    (benefit.properties.activations?.enable_customer_admin ?? false)
  );
}

export const portalLicenseKeyRoutes: Routes = {
  "GET /v1/customer-portal/license-keys": portal(({ world, customer, query }) => {
    const found = filterBy(world.licenseKeys.where("customer_id", customer.id), query, {
      benefit_id: among(uuid(), ({ benefit_id }) => benefit_id),
    });
    return paginate(found, query, (key) => serializeLicenseKey(world, key));
  }),
  "GET /v1/customer-portal/license-keys/{id}": portal((call) => {
    const key = own(call);
    const shown = serializeLicenseKeyWithActivations(call.world, key);
    return isCustomerAdmin(call.world, key) ? shown : { ...shown, activations: [] };
  }),
  "POST /v1/customer-portal/license-keys/{id}/rotate": portal((call) =>
    serializeLicenseKey(call.world, rotateLicenseKey(call.world, own(call))),
  ),
};
