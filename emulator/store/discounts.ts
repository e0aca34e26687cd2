import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base, Metadata } from "./base.ts";

interface DiscountBase extends Base {
  name: string;
  /** What buyers type in, in any case; null where only the API applies the discount. */
  code: string | null;
  duration: models.DiscountDuration;
  duration_in_months: number | null;
  starts_at: Instant | null;
  ends_at: Instant | null;
  max_redemptions: number | null;
  max_redemptions_per_customer: number | null;
  /** Products it is good for; all of them where there is none. */
  product_ids: string[];
  organization_id: string;
  metadata: Metadata;
  /** What has it applied keeps it. */
  is_deleted: boolean;
}

export type DiscountDoc = DiscountBase &
  (
    | { type: "fixed"; amounts: Record<string, number> }
    | { type: "percentage"; basis_points: number }
  );

/** One use of a discount: by a checkout, and the subscription that came of it, or by an update of one. */
export interface RedemptionDoc extends Base {
  discount_id: string;
  checkout_id: string | null;
  subscription_id: string | null;
  customer_id: string;
  /** Of the card that was used, to know the same buyer again. */
  card_number: string | null;
}
