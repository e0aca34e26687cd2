import type { models } from "@polar-sh/sdk/2026-10";
import { customerByEmail, customerByExternalId } from "../engine/customers.ts";
import { type Issue, invalidValues } from "../http/errors.ts";
import type { CustomerDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** An address belongs to one customer, in whichever case it is written. */
export function takenEmail(world: World, wanted: string, own?: CustomerDoc): Issue[] {
  const found = customerByEmail(world, wanted);
  if (!found || found.id === own?.id) return [];
  const msg = "A customer with this email address already exists.";
  return [{ type: "value_error", loc: ["body", "email"], msg, input: wanted }];
}

export function takenExternalId(world: World, wanted: string): Issue[] {
  if (!customerByExternalId(world, wanted)) return [];
  const msg = "A customer with this external ID already exists.";
  return [{ type: "value_error", loc: ["body", "external_id"], msg, input: wanted }];
}

/** An external id is written once; a second one, and none, are refused. */
export function changedExternalId(
  world: World,
  customer: CustomerDoc,
  wanted: string | null | undefined,
): Issue[] {
  if (wanted === undefined || wanted === customer.external_id) return [];
  if (!customer.external_id) return wanted === null ? [] : takenExternalId(world, wanted);
  const msg = "Customer external ID cannot be updated.";
  return [{ type: "value_error", loc: ["body", "external_id"], msg, input: wanted }];
}

export function clearedAddress(wanted: models.Address | null | undefined): Issue[] {
  if (wanted !== null) return [];
  const msg = "Customer billing address cannot be reset to null once set.";
  return [{ type: "value_error", loc: ["body", "billing_address"], msg, input: null }];
}

/** @throws ApiError 422 with everything that is wrong */
export function refuse(issues: Issue[]): void {
  if (issues.length > 0) throw invalidValues(issues);
}
