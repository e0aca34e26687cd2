import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base, Metadata } from "./base.ts";

interface BenefitBase extends Base {
  description: string;
  is_deleted: boolean;
  organization_id: string;
  metadata: Metadata;
  visibility: models.BenefitVisibility;
}

export type BenefitDoc = BenefitBase &
  (
    | { type: "custom"; properties: { note: string | null } }
    | { type: "feature_flag"; properties: Record<string, never> }
    | { type: "meter_credit"; properties: models.BenefitMeterCreditProperties }
    | { type: "license_keys"; properties: models.BenefitLicenseKeysProperties }
    | { type: "discord"; properties: models.BenefitDiscordProperties }
    | { type: "github_repository"; properties: models.BenefitGitHubRepositoryProperties }
    | { type: "downloadables"; properties: models.BenefitDownloadablesProperties }
    | { type: "slack_shared_channel"; properties: models.BenefitSlackSharedChannelProperties }
  );

export interface GrantDoc extends Base {
  granted_at: Instant | null;
  revoked_at: Instant | null;
  subscription_id: string | null;
  order_id: string | null;
  customer_id: string;
  benefit_id: string;
  properties: GrantProperties;
}

/** What a grant of any kind has given: each kind fills in its own. */
export type GrantProperties = models.BenefitGrantMeterCreditProperties &
  models.BenefitGrantLicenseKeysProperties;
