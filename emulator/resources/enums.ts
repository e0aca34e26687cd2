import type { models } from "@polar-sh/sdk/2026-10";
import { enumeration } from "./enumeration.ts";

export const orderStatus = enumeration<models.OrderStatus>({
  draft: true,
  pending: true,
  paid: true,
  refunded: true,
  partially_refunded: true,
  void: true,
});

export const checkoutStatus = enumeration<models.CheckoutStatus>({
  open: true,
  expired: true,
  confirmed: true,
  succeeded: true,
  failed: true,
});

export const subscriptionStatus = enumeration<models.SubscriptionStatus>({
  incomplete: true,
  incomplete_expired: true,
  trialing: true,
  active: true,
  past_due: true,
  canceled: true,
  unpaid: true,
  paused: true,
});

export const cancellationReason = enumeration<models.CustomerCancellationReason>({
  customer_service: true,
  low_quality: true,
  missing_features: true,
  switched_service: true,
  too_complex: true,
  too_expensive: true,
  unused: true,
  other: true,
});

export const benefitType = enumeration<models.BenefitType>({
  custom: true,
  discord: true,
  github_repository: true,
  downloadables: true,
  license_keys: true,
  meter_credit: true,
  feature_flag: true,
  slack_shared_channel: true,
});

export const eventSource = enumeration<models.EventSource>({ system: true, user: true });

export const licenseKeyStatus = enumeration<models.LicenseKeyStatus>({
  granted: true,
  revoked: true,
  disabled: true,
});

export const billingType = enumeration<models.ProductBillingType>({
  one_time: true,
  recurring: true,
});

export const visibility = enumeration<models.ProductVisibility>({
  draft: true,
  private: true,
  public: true,
});
