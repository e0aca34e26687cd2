import type { models } from "@polar-sh/sdk/2026-10";
import type { BenefitDoc } from "../store/documents.ts";

type Served = models.BenefitCustom | models.BenefitFeatureFlag | models.BenefitMeterCredit;

/** A benefit with its properties, as its owner sees it. */
export function serializeBenefit(benefit: BenefitDoc): Served {
  const common = {
    id: benefit.id,
    created_at: benefit.created_at,
    modified_at: benefit.modified_at,
    description: benefit.description,
    selectable: true,
    deletable: true,
    is_deleted: benefit.is_deleted,
    organization_id: benefit.organization_id,
    metadata: benefit.metadata,
    visibility: benefit.visibility,
    visibility_configurable: benefit.type !== "meter_credit",
  };
  switch (benefit.type) {
    case "custom":
      return {
        ...common,
        type: "custom",
        properties: benefit.properties,
        ...{ is_tax_applicable: true },
      };
    case "feature_flag":
      return { ...common, type: "feature_flag", properties: benefit.properties };
    case "meter_credit":
      return { ...common, type: "meter_credit", properties: benefit.properties };
  }
}

/** A benefit as anybody may see it. */
export function serializePublicBenefit(
  benefit: BenefitDoc,
): models.BenefitCustomPublic | models.BenefitFeatureFlagPublic | models.BenefitMeterCreditPublic {
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
