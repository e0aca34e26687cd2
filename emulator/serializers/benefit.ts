import type { models } from "@polar-sh/sdk/2026-10";
import type { BenefitDoc } from "../store/documents.ts";

const CONFIGURABLE: readonly BenefitDoc["type"][] = [
  "custom",
  "license_keys",
  "meter_credit",
  "feature_flag",
];

/** Whether the seller may choose who sees benefits of this type; the others are seen by all who hold them. */
export function isVisibilityConfigurable(type: BenefitDoc["type"]): boolean {
  return CONFIGURABLE.includes(type);
}

/** A benefit with its properties, as its owner sees it. */
export function serializeBenefit(benefit: BenefitDoc): models.Benefit {
  return {
    ...benefit,
    selectable: true,
    deletable: true,
    visibility_configurable: isVisibilityConfigurable(benefit.type),
    ...(benefit.type === "custom" || benefit.type === "slack_shared_channel"
      ? { is_tax_applicable: true }
      : {}),
  };
}

/** A benefit as anybody may see it. */
export function serializePublicBenefit(benefit: BenefitDoc): models.BenefitPublic {
  const { id, created_at, modified_at, description, is_deleted, organization_id } = benefit;
  const common = {
    id,
    created_at,
    modified_at,
    description,
    selectable: true,
    deletable: true,
    is_deleted,
    organization_id,
  };
  if (benefit.type !== "meter_credit") return { ...common, type: benefit.type };
  const { units, meter_id } = benefit.properties;
  return { ...common, type: benefit.type, properties: { units, meter_id } };
}
