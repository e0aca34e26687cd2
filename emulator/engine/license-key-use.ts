import { isDeepStrictEqual } from "node:util";
import { polarError } from "../http/errors.ts";
import { newId } from "../ids.ts";
import type { LicenseKeyActivationDoc, LicenseKeyDoc, Metadata } from "../store/documents.ts";
import type { World } from "../world.ts";

/** What a validation asks of a key, beyond that it is good. */
export interface Validation {
  activation_id?: string | undefined;
  benefit_id?: string | undefined;
  customer_id?: string | undefined;
  /** Uses to count, if that many are left. */
  increment_usage?: number | undefined;
  conditions: Metadata;
}

function invalid(why: string) {
  return polarError(404, "ResourceNotFound", why);
}

function isExpired(world: World, key: LicenseKeyDoc): boolean {
  return key.expires_at !== null && world.clock.now() >= key.expires_at;
}

/** An activation of this key, or Polar's 404. */
export function requireActivation(
  world: World,
  key: LicenseKeyDoc,
  id: string | undefined,
): LicenseKeyActivationDoc {
  const found = world.licenseKeyActivations.get(id);
  if (found?.license_key_id !== key.id) throw invalid("Not found");
  return found;
}

/**
 * Validates a key and counts the validation. Whatever does not fit is a 404 that says what; more uses
 * than are left are a 400.
 */
export function validateLicenseKey(
  world: World,
  key: LicenseKeyDoc,
  asked: Validation,
): { key: LicenseKeyDoc; activation: LicenseKeyActivationDoc | null } {
  if (key.status !== "granted") throw invalid("License key is no longer active.");
  if (isExpired(world, key)) throw invalid("License key has expired.");
  const activation = asked.activation_id
    ? requireActivation(world, key, asked.activation_id)
    : null;
  const conditions = activation?.conditions ?? {};
  if (Object.keys(conditions).length > 0 && !isDeepStrictEqual(conditions, asked.conditions))
    throw invalid("License key does not match required conditions");
  if (asked.benefit_id && asked.benefit_id !== key.benefit_id)
    throw invalid("License key does not match given benefit.");
  if (asked.customer_id && asked.customer_id !== key.customer_id)
    throw invalid("License key does not match given user.");
  const uses = asked.increment_usage ?? 0;
  const left = (key.limit_usage ?? 0) - key.usage;
  if (key.limit_usage && uses > left)
    throw polarError(400, "BadRequest", `License key only has ${left} more usages.`);
  const at = world.clock.tick();
  const validated = world.licenseKeys.patch(key.id, {
    usage: key.usage + uses,
    validations: key.validations + 1,
    last_validated_at: at,
    modified_at: at,
  });
  return { key: validated, activation };
}

/** Puts a key to use in one more place. @throws ApiError 403 when it may not be, or not in so many. */
export function activateLicenseKey(
  world: World,
  key: LicenseKeyDoc,
  place: Pick<LicenseKeyActivationDoc, "label" | "meta" | "conditions">,
): LicenseKeyActivationDoc {
  const refuse = (why: string) => polarError(403, "NotPermitted", why);
  if (key.status !== "granted")
    throw refuse("License key is no longer active. This license key can not be activated.");
  if (isExpired(world, key)) throw refuse("License key has expired.");
  if (!key.limit_activations)
    throw refuse(
      "This license key does not support activations. Use the /validate endpoint instead to check license validity.",
    );
  const inUse = world.licenseKeyActivations.where("license_key_id", key.id).length;
  if (inUse >= key.limit_activations) throw refuse("License key activation limit already reached");
  return world.licenseKeyActivations.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    license_key_id: key.id,
    ...place,
  });
}

/** Frees the place that an activation takes. */
export function deactivateLicenseKey(world: World, key: LicenseKeyDoc, activationId: string): void {
  world.licenseKeyActivations.remove(requireActivation(world, key, activationId).id);
}
