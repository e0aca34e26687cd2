import type { models } from "@polar-sh/sdk/2026-10";
import type { GrantDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeBenefit } from "./benefit.ts";
import { serializeCustomer } from "./customer.ts";

export function isGranted(grant: GrantDoc): boolean {
  return grant.granted_at !== null && grant.revoked_at === null;
}

/** SDK 1.0.1's type of a grant leaves out the properties of meter credits. */
type Grant = Omit<models.BenefitGrant, "properties"> & Pick<GrantDoc, "properties">;

export function serializeGrant(world: World, grant: GrantDoc): Grant {
  const granted = isGranted(grant);
  return {
    created_at: grant.created_at,
    modified_at: grant.modified_at,
    id: grant.id,
    granted_at: granted ? grant.granted_at : null,
    is_granted: granted,
    revoked_at: grant.revoked_at,
    is_revoked: grant.revoked_at !== null,
    subscription_id: grant.subscription_id,
    order_id: grant.order_id,
    customer_id: grant.customer_id,
    member_id: null,
    benefit_id: grant.benefit_id,
    error: null,
    customer: serializeCustomer(world.customers.need(grant.customer_id)),
    member: null,
    benefit: serializeBenefit(world.benefits.need(grant.benefit_id)),
    properties: grant.properties,
  };
}

/** A grant as webhooks tell of it: with what its properties were before. */
export function serializeGrantWebhook(
  world: World,
  grant: GrantDoc,
  previous: GrantDoc["properties"],
): Grant & { previous_properties: GrantDoc["properties"]; user_id: string } {
  return {
    ...serializeGrant(world, grant),
    previous_properties: previous,
    user_id: grant.customer_id,
  };
}
