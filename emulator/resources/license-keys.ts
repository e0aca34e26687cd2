import { requireActivation } from "../engine/license-key-use.ts";
import { rotateLicenseKey, updateLicenseKey } from "../engine/license-keys.ts";
import { notFound } from "../http/errors.ts";
import { among, filterBy } from "../http/filters.ts";
import { paginate } from "../http/pagination.ts";
import type { Routes } from "../http/router.ts";
import {
  defined,
  instant,
  integer,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  uuid,
} from "../http/schema.ts";
import {
  serializeActivationRead,
  serializeLicenseKey,
  serializeLicenseKeyWithActivations,
} from "../serializers/license-key.ts";
import type { LicenseKeyDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { licenseKeyStatus } from "./enums.ts";
import { activate, deactivate, validate } from "./license-key-use.ts";

const LARGEST = 2_147_483_647;
const limit = nullish(integer({ min: 1, max: LARGEST }));
const keyUpdate = object({
  status: optional(oneOf("granted", "revoked", "disabled")),
  usage: optional(integer({ min: -LARGEST - 1, max: LARGEST })),
  limit_activations: limit,
  limit_usage: limit,
  expires_at: nullish(instant()),
});

function need(world: World, id: string | undefined): LicenseKeyDoc {
  const key = world.licenseKeys.get(id);
  if (!key) throw notFound();
  return key;
}

export const licenseKeyRoutes: Routes = {
  "GET /v1/license-keys": ({ world, query }) => {
    const found = filterBy(world.licenseKeys.all(), query, {
      organization_id: among(uuid(), ({ organization_id }) => organization_id),
      benefit_id: among(uuid(), ({ benefit_id }) => benefit_id),
      status: among(licenseKeyStatus, ({ status }) => status),
    });
    return paginate(found, query, (key) => serializeLicenseKey(world, key));
  },
  "GET /v1/license-keys/{id}": ({ world, params }) =>
    serializeLicenseKeyWithActivations(world, need(world, params.id)),
  "PATCH /v1/license-keys/{id}": ({ world, params, body }) => {
    const changes = defined(parse(keyUpdate, body));
    return serializeLicenseKey(world, updateLicenseKey(world, need(world, params.id), changes));
  },
  "POST /v1/license-keys/{id}/rotate": ({ world, params }) =>
    serializeLicenseKey(world, rotateLicenseKey(world, need(world, params.id))),
  "GET /v1/license-keys/{id}/activations/{activation_id}": ({ world, params }) => {
    const key = need(world, params.id);
    return serializeActivationRead(world, key, requireActivation(world, key, params.activation_id));
  },
  "POST /v1/license-keys/validate": validate,
  "POST /v1/license-keys/activate": activate,
  "POST /v1/license-keys/deactivate": deactivate,
};

/** The same for an application on the customer's own machine: these need no token. */
export const publicLicenseKeyRoutes: Routes = {
  "POST /v1/customer-portal/license-keys/validate": validate,
  "POST /v1/customer-portal/license-keys/activate": activate,
  "POST /v1/customer-portal/license-keys/deactivate": deactivate,
};
