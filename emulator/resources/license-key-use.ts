import {
  activateLicenseKey,
  deactivateLicenseKey,
  validateLicenseKey,
} from "../engine/license-key-use.ts";
import { notFound } from "../http/errors.ts";
import { type Call, Reply } from "../http/router.ts";
import {
  integer,
  metadata,
  object,
  optional,
  parse,
  string,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { serializeActivationRead, serializeValidatedKey } from "../serializers/license-key.ts";
import type { LicenseKeyDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

const about = { key: string(), organization_id: uuid() };
const validation = object({
  ...about,
  activation_id: optional(uuid()),
  benefit_id: optional(uuid()),
  customer_id: optional(uuid()),
  increment_usage: optional(integer({ min: 0 })),
  conditions: withDefault(metadata(), {}),
});
const activation = object({
  ...about,
  label: string(),
  conditions: withDefault(metadata(), {}),
  meta: withDefault(metadata(), {}),
});
const deactivation = object({ ...about, activation_id: uuid() });

function byKey(
  world: World,
  { key, organization_id }: { key: string; organization_id: string },
): LicenseKeyDoc {
  const [found] = world.licenseKeys.where("key", key);
  if (found?.organization_id !== organization_id) throw notFound();
  return found;
}

export function validate({ world, body }: Call) {
  const { key, organization_id, ...asked } = parse(validation, body);
  const found = byKey(world, { key, organization_id });
  const valid = validateLicenseKey(world, found, asked);
  return serializeValidatedKey(world, valid.key, valid.activation);
}

export function activate({ world, body }: Call) {
  const { label, conditions, meta, ...wanted } = parse(activation, body);
  const key = byKey(world, wanted);
  return serializeActivationRead(
    world,
    key,
    activateLicenseKey(world, key, { label, conditions, meta }),
  );
}

export function deactivate({ world, body }: Call): Reply {
  const { activation_id, ...wanted } = parse(deactivation, body);
  deactivateLicenseKey(world, byKey(world, wanted), activation_id);
  return new Reply(204);
}
