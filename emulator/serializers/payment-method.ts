import type { models } from "@polar-sh/sdk/2026-10";
import type { PaymentMethodDoc } from "../store/documents.ts";

export function serializePaymentMethod(method: PaymentMethodDoc): models.PaymentMethodCard {
  const { brand, last4, exp_month, exp_year } = method.card;
  return {
    id: method.id,
    created_at: method.created_at,
    modified_at: method.modified_at,
    processor: "stripe",
    customer_id: method.customer_id,
    type: "card",
    method_metadata: { brand, last4, exp_month, exp_year, wallet: null },
  };
}
