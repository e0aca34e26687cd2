import { randomUUID } from "node:crypto";
import { polarError } from "../http/errors.ts";
import { newId } from "../ids.ts";
import { displayKey } from "../serializers/license-key.ts";
import type { BenefitDoc, GrantDoc, GrantProperties, LicenseKeyDoc } from "../store/documents.ts";
import { nextPeriod } from "../time.ts";
import type { World } from "../world.ts";

type LicenseKeysBenefit = Extract<BenefitDoc, { type: "license_keys" }>;

function newKey(prefix: string | null): string {
  const key = randomUUID().toUpperCase();
  return prefix ? `${prefix.trim().toUpperCase()}-${key}` : key;
}

/** What a benefit allows each of its keys. A subscription's keys end with it, not at a date. */
function limitsOf(world: World, { properties }: LicenseKeysBenefit, grant: GrantDoc) {
  const { expires, activations, limit_usage } = properties;
  return {
    expires_at:
      expires && !grant.subscription_id
        ? nextPeriod(world.clock.now(), expires.timeframe, expires.ttl)
        : null,
    limit_activations: activations?.limit ?? null,
    limit_usage,
  };
}

function shown(key: LicenseKeyDoc): GrantProperties {
  return { license_key_id: key.id, display_key: displayKey(key.key) };
}

/**
 * Makes the key of a new grant, or brings the key that a grant already has to what the benefit
 * allows. A grant that comes back finds its old key again.
 */
export function grantLicenseKey(
  world: World,
  benefit: LicenseKeysBenefit,
  grant: GrantDoc,
): GrantProperties {
  const limits = limitsOf(world, benefit, grant);
  const found = world.licenseKeys.get(grant.properties.license_key_id);
  const at = world.clock.tick();
  if (found) {
    const status = found.status === "revoked" ? "granted" : found.status;
    return {
      ...grant.properties,
      ...shown(world.licenseKeys.patch(found.id, { ...limits, status, modified_at: at })),
    };
  }
  const made = world.licenseKeys.put({
    id: newId(),
    created_at: at,
    modified_at: null,
    organization_id: benefit.organization_id,
    customer_id: grant.customer_id,
    benefit_id: benefit.id,
    key: newKey(benefit.properties.prefix),
    status: "granted",
    ...limits,
    usage: 0,
    validations: 0,
    last_validated_at: null,
  });
  return { ...grant.properties, ...shown(made) };
}

/** Takes the key of a grant back; the grant still tells which one it was. */
export function revokeLicenseKey(world: World, grant: GrantDoc): void {
  const found = world.licenseKeys.get(grant.properties.license_key_id);
  if (found)
    world.licenseKeys.patch(found.id, { status: "revoked", modified_at: world.clock.tick() });
}

/** The grant by which a customer holds a key. */
export function grantOfKey(world: World, key: LicenseKeyDoc): GrantDoc | undefined {
  return world.grants
    .where("customer_id", key.customer_id)
    .find((grant) => grant.properties.license_key_id === key.id);
}

/** Changes a key. A status that its grant does not have yet reaches the grant a moment later. */
export function updateLicenseKey(
  world: World,
  key: LicenseKeyDoc,
  changes: Partial<LicenseKeyDoc>,
): LicenseKeyDoc {
  if (changes.status && changes.status !== key.status)
    world.scheduler.soon({ kind: "grant.license_key", license_key_id: key.id });
  return world.licenseKeys.patch(key.id, { ...changes, modified_at: world.clock.tick() });
}

/** Gives a key other letters; everything else about it stays. @throws ApiError 400 when it is revoked. */
export function rotateLicenseKey(world: World, key: LicenseKeyDoc): LicenseKeyDoc {
  if (key.status === "revoked")
    throw polarError(
      400,
      "RotateNotPermitted",
      `License key cannot be rotated in its current status. Current status: ${key.status}. Allowed statuses: disabled, granted.`,
    );
  const benefit = world.benefits.need(key.benefit_id);
  const prefix = benefit.type === "license_keys" ? benefit.properties.prefix : null;
  const at = world.clock.tick();
  const rotated = world.licenseKeys.patch(key.id, { key: newKey(prefix), modified_at: at });
  const grant = grantOfKey(world, key);
  if (grant)
    world.grants.patch(grant.id, {
      properties: { ...grant.properties, ...shown(rotated) },
      modified_at: world.clock.tick(),
    });
  return rotated;
}
