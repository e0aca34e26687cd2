import type { models } from "@polar-sh/sdk/2026-10";
import type { BenefitDoc, GrantDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { isGranted } from "./grant.ts";
import { serializePortalCustomer, serializePublicOrganization } from "./portal.ts";

/** What of a benefit those who hold it may know. */
function heldBenefit(world: World, benefit: BenefitDoc) {
  const common = {
    id: benefit.id,
    created_at: benefit.created_at,
    modified_at: benefit.modified_at,
    description: benefit.description,
    selectable: true,
    deletable: true,
    is_deleted: benefit.is_deleted,
    organization_id: benefit.organization_id,
    organization: serializePublicOrganization(world.organization),
  };
  switch (benefit.type) {
    case "discord": {
      const { guild_id } = benefit.properties;
      return { ...common, type: benefit.type, properties: { guild_id } };
    }
    case "github_repository": {
      const { repository_owner, repository_name } = benefit.properties;
      return { ...common, type: benefit.type, properties: { repository_owner, repository_name } };
    }
    case "downloadables": {
      const { files, archived } = benefit.properties;
      const active_files = files.filter((file) => !archived[file]);
      return { ...common, type: benefit.type, properties: { active_files } };
    }
    case "slack_shared_channel":
      return { ...common, type: benefit.type, properties: {} };
    case "custom":
      return { ...common, type: benefit.type, properties: benefit.properties };
    case "feature_flag":
      return { ...common, type: benefit.type, properties: benefit.properties };
    case "meter_credit":
      return { ...common, type: benefit.type, properties: benefit.properties };
    case "license_keys":
      return { ...common, type: benefit.type, properties: benefit.properties };
  }
}

/** A grant as the one who has it sees it. */
export function serializePortalGrant(world: World, grant: GrantDoc): models.CustomerBenefitGrant {
  const granted = isGranted(grant);
  const common = {
    id: grant.id,
    created_at: grant.created_at,
    modified_at: grant.modified_at,
    granted_at: granted ? grant.granted_at : null,
    revoked_at: grant.revoked_at,
    customer_id: grant.customer_id,
    member_id: null,
    benefit_id: grant.benefit_id,
    subscription_id: grant.subscription_id,
    order_id: grant.order_id,
    is_granted: granted,
    is_revoked: grant.revoked_at !== null,
    error: null,
    customer: serializePortalCustomer(world.customers.need(grant.customer_id)),
    properties: grant.properties,
  };
  const benefit = heldBenefit(world, world.benefits.need(grant.benefit_id));
  return { ...common, benefit } as models.CustomerBenefitGrant;
}
