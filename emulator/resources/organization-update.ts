import type { models } from "@polar-sh/sdk/2026-10";
import { notEmulated, polarError } from "../http/errors.ts";
import {
  array,
  boolean,
  defined,
  email,
  integer,
  isRecord,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  type Schema,
  string,
  url,
} from "../http/schema.ts";
import type { OrganizationDoc } from "../store/documents.ts";
import { country } from "./countries.ts";

const emailSettings = object({
  order_confirmation: boolean(),
  payment_method_expiration_reminder: boolean(),
  subscription_cancellation: boolean(),
  subscription_confirmation: boolean(),
  subscription_cycled: boolean(),
  subscription_cycled_after_trial: boolean(),
  subscription_past_due: boolean(),
  subscription_paused: boolean(),
  subscription_resumed: boolean(),
  subscription_renewal_reminder: boolean(),
  subscription_revoked: boolean(),
  subscription_trial_conversion_reminder: boolean(),
  subscription_uncanceled: boolean(),
  subscription_updated: boolean(),
});

const portalFields = object({
  usage: object({ show: boolean() }),
  subscription: object({
    update_seats: boolean(),
    update_plan: boolean(),
    update_units: optional(boolean()),
    pause: optional(boolean()),
  }),
  customer: optional(object({ allow_email_change: optional(boolean()) })),
});

/** What is not said of the portal is not kept either. */
const portalSettings: Schema<models.OrganizationCustomerPortalSettings> = {
  read(value, loc, issues) {
    const { usage, subscription, customer } = portalFields.read(value, loc, issues);
    const { update_seats, update_plan, ...rest } = subscription ?? {};
    return {
      usage,
      subscription: { update_seats, update_plan, ...defined(rest) },
      ...(customer ? { customer: defined(customer) } : {}),
    };
  },
};

const organizationUpdate = object({
  name: optional(string({ min: 3 })),
  avatar_url: nullish(url()),
  email: nullish(email()),
  website: nullish(url()),
  socials: optional(
    array(
      object({
        platform: oneOf(
          "x",
          "github",
          "facebook",
          "instagram",
          "youtube",
          "tiktok",
          "linkedin",
          "threads",
          "discord",
          "other",
        ),
        url: url(),
      }),
    ),
  ),
  country: optional(country),
  feature_settings: optional(
    object({
      member_model_enabled: optional(boolean()),
      checkout_localization_enabled: optional(boolean()),
      overview_metrics: nullish(array(string())),
    }),
  ),
  subscription_settings: optional(
    object({
      allow_multiple_subscriptions: boolean(),
      proration_behavior: oneOf("invoice", "prorate", "next_period"),
      benefit_revocation_grace_period: integer({ min: 0 }),
      prevent_trial_abuse: boolean(),
      allow_customer_updates: boolean(),
    }),
  ),
  customer_email_settings: optional(emailSettings),
  customer_portal_settings: optional(portalSettings),
  dispute_settings: optional(object({ auto_accept_below_amount: nullish(integer({ min: 0 })) })),
  embed_hosts: optional(array(string())),
  default_presentment_currency: optional(string()),
  default_tax_behavior: optional(oneOf("location", "inclusive", "exclusive")),
  sso_enforced: optional(boolean()),
});

function refuseUnsupported(body: unknown): void {
  if (isRecord(body) && isRecord(body.details))
    throw notEmulated("the business details of an organization");
}

/**
 * Reads a change of an organization and returns the fields to replace. The two settings that
 * organizations also show at their top follow `subscription_settings`.
 */
export function readOrganizationUpdate(
  organization: OrganizationDoc,
  body: unknown,
): Partial<OrganizationDoc> {
  refuseUnsupported(body);
  const {
    subscription_settings: subscription,
    feature_settings: features,
    dispute_settings: disputes,
    default_presentment_currency: currency,
    sso_enforced: sso,
    ...wanted
  } = parse(organizationUpdate, body);
  if (features?.member_model_enabled) throw notEmulated("members of customers");
  if (currency && currency !== "usd") throw notEmulated(`prices in ${currency}`);
  if (sso)
    throw polarError(
      409,
      "SSOEnforcementRequiresConnection",
      "This organization must have an enabled SSO connection before SSO can be enforced.",
    );
  if (disputes?.auto_accept_below_amount)
    throw polarError(
      403,
      "DisputeAutoAcceptNotEnabled",
      "Dispute auto-accept is not enabled for this organization.",
    );
  return {
    ...defined(wanted),
    ...(features && {
      feature_settings: { ...organization.feature_settings, ...defined(features) },
    }),
    ...(subscription && {
      subscription_settings: subscription,
      proration_behavior: subscription.proration_behavior,
      allow_customer_updates: subscription.allow_customer_updates,
    }),
  };
}
