import type { models } from "@polar-sh/sdk/2026-10";
import { notFound } from "../http/errors.ts";
import { filterBy, given } from "../http/filters.ts";
import { paginate, sort } from "../http/pagination.ts";
import type { Routes } from "../http/router.ts";
import { string } from "../http/schema.ts";
import { newId } from "../ids.ts";
import type { OrganizationDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { readOrganizationUpdate } from "./organization-update.ts";

/** Makes the one organization of a new emulator. */
export function createOrganization(world: World): void {
  const name = world.options.organizationName;
  const settings: models.OrganizationSubscriptionSettings = {
    allow_multiple_subscriptions: false,
    proration_behavior: "prorate",
    benefit_revocation_grace_period: 0,
    prevent_trial_abuse: false,
    allow_customer_updates: true,
  };
  world.organizations.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    name,
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    avatar_url: null,
    proration_behavior: "prorate",
    allow_customer_updates: true,
    email: "support@polar.example",
    website: null,
    socials: [],
    status: "active",
    details_submitted_at: null,
    onboarding_resubmission_requested_at: null,
    sso_enforced: false,
    default_presentment_currency: "usd",
    default_tax_behavior: "location",
    feature_settings: { reset_proration_behavior_enabled: true, slack_benefit_enabled: true },
    subscription_settings: settings,
    customer_email_settings: {
      order_confirmation: true,
      payment_method_expiration_reminder: true,
      subscription_cancellation: true,
      subscription_confirmation: true,
      subscription_cycled: true,
      subscription_cycled_after_trial: true,
      subscription_past_due: true,
      subscription_paused: true,
      subscription_resumed: true,
      subscription_renewal_reminder: true,
      subscription_revoked: true,
      subscription_trial_conversion_reminder: true,
      subscription_uncanceled: true,
      subscription_updated: true,
    },
    customer_portal_settings: {
      usage: { show: true },
      subscription: { update_seats: true, update_plan: true },
    },
    dispute_settings: { auto_accept_below_amount: null },
    embed_hosts: [],
    country: "US",
    account_id: null,
    payout_account_id: null,
    capabilities: {
      checkout_payments: true,
      subscription_renewals: true,
      payouts: true,
      refunds: true,
      api_access: true,
      dashboard_access: true,
    },
  });
}

function need(world: World, id: string | undefined): OrganizationDoc {
  const organization = world.organizations.get(id);
  if (!organization) throw notFound();
  return organization;
}

export const organizationRoutes: Routes = {
  "GET /v1/organizations": ({ world, query }) => {
    const found = filterBy(world.organizations.all(), query, {
      slug: given(string(), ({ slug }, wanted) => slug === wanted),
    });
    const keys = {
      created_at: (o: OrganizationDoc) => o.created_at,
      slug: (o: OrganizationDoc) => o.slug,
      name: (o: OrganizationDoc) => o.name,
      next_review_threshold: () => null,
      days_in_status: () => null,
    };
    return paginate(sort(found, query, keys, ["created_at"]), query, (each) => each);
  },
  "GET /v1/organizations/{id}": ({ world, params }) => need(world, params.id),
  "PATCH /v1/organizations/{id}": ({ world, params, body }) => {
    const found = need(world, params.id);
    const organization: models.Organization = world.organizations.put({
      ...found,
      ...readOrganizationUpdate(found, body),
      modified_at: world.clock.tick(),
    });
    world.emitter.emit("organization.updated", organization);
    return organization;
  },
};
