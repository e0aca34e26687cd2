import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base, Metadata } from "./base.ts";

/** A key that a customer holds by a grant. It outlives the grant's revocation, and returns with it. */
export interface LicenseKeyDoc extends Base {
  organization_id: string;
  customer_id: string;
  benefit_id: string;
  key: string;
  status: models.LicenseKeyStatus;
  limit_activations: number | null;
  usage: number;
  limit_usage: number | null;
  validations: number;
  last_validated_at: Instant | null;
  expires_at: Instant | null;
}

/** One place, such as a device, on which a license key is in use. */
export interface LicenseKeyActivationDoc extends Base {
  license_key_id: string;
  label: string;
  meta: Metadata;
  /** What a validation must bring along to pass; nothing means anything. */
  conditions: Metadata;
}
