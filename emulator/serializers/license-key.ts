import type { models } from "@polar-sh/sdk/2026-10";
import type { LicenseKeyActivationDoc, LicenseKeyDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer, serializeLegacyUser } from "./customer.ts";

/** A key as it may be shown to others: its last six characters. */
export function displayKey(key: string): string {
  return `****-${key.slice(-6)}`;
}

export function serializeLicenseKey(world: World, key: LicenseKeyDoc): models.LicenseKeyRead {
  const customer = world.customers.need(key.customer_id);
  const { github_username: _, ...user } = serializeLegacyUser(customer);
  return {
    ...key,
    customer: serializeCustomer(customer),
    member_id: null,
    member: null,
    display_key: displayKey(key.key),
    ...{ user_id: customer.id, user },
  };
}

function serializeActivation(activation: LicenseKeyActivationDoc): models.LicenseKeyActivationBase {
  const { conditions: _, ...shown } = activation;
  return shown;
}

/** A key with the places it is in use, oldest first. */
export function serializeLicenseKeyWithActivations(
  world: World,
  key: LicenseKeyDoc,
): models.LicenseKeyWithActivations {
  return {
    ...serializeLicenseKey(world, key),
    activations: world.licenseKeyActivations
      .where("license_key_id", key.id)
      .map(serializeActivation),
  };
}

export function serializeActivationRead(
  world: World,
  key: LicenseKeyDoc,
  activation: LicenseKeyActivationDoc,
): models.LicenseKeyActivationRead {
  return {
    ...serializeActivation(activation),
    license_key: serializeLicenseKey(world, key),
  };
}

/** A key that has just been found good, and the activation that was asked for with it. */
export function serializeValidatedKey(
  world: World,
  key: LicenseKeyDoc,
  activation: LicenseKeyActivationDoc | null,
): models.ValidatedLicenseKey {
  return {
    ...serializeLicenseKey(world, key),
    status: "granted",
    activation: activation && serializeActivation(activation),
  };
}
