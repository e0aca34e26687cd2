import type { models } from "@polar-sh/sdk/2026-10";
import { paymentMethodsOf } from "../engine/payment-methods.ts";
import { shownGrants } from "../resources/customer-portal/benefit-grants.ts";
import { isCustomerAdmin } from "../resources/customer-portal/license-keys.ts";
import { documentUrl } from "../resources/order-documents.ts";
import { serializeCustomer } from "../serializers/customer.ts";
import { serializeCustomerMeter } from "../serializers/customer-meter.ts";
import { serializeLicenseKeyWithActivations } from "../serializers/license-key.ts";
import { serializeOrder } from "../serializers/order.ts";
import { serializePaymentMethod } from "../serializers/payment-method.ts";
import { serializePortalGrant } from "../serializers/portal-grant.ts";
import { serializeProduct } from "../serializers/product.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { CustomerDoc, SessionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import type { LicenseKeyView, PortalPageView } from "./views.ts";

/** The plans that a subscription may be changed to: those on sale, unless the organization keeps that off. */
function plansOf(world: World): models.Product[] {
  if (!world.organization.customer_portal_settings.subscription.update_plan) return [];
  return world.products
    .all()
    .filter(({ recurring_interval }) => recurring_interval !== null)
    .filter(({ is_archived, visibility }) => !is_archived && visibility === "public")
    .map((product) => serializeProduct(world, product));
}

function licenseKeysOf(world: World, customer: CustomerDoc): LicenseKeyView[] {
  return newestFirst(world.licenseKeys.where("customer_id", customer.id)).map((key) => ({
    key: serializeLicenseKeyWithActivations(world, key),
    name: world.benefits.need(key.benefit_id).description,
    showsActivations: isCustomerAdmin(world, key),
  }));
}

function newestFirst<T extends { created_at: string }>(documents: readonly T[]): T[] {
  return documents.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
}

/** Everything of a customer that their portal shows. */
export function portalView(
  world: World,
  session: SessionDoc,
  told: Pick<PortalPageView, "nonce" | "notice" | "error" | "refusal">,
): PortalPageView {
  const { organization } = world;
  const customer = world.customers.need(session.customer_id);
  return {
    ...told,
    token: session.token,
    organizationName: organization.name,
    customer: serializeCustomer(customer),
    returnUrl: session.return_url,
    subscriptions: newestFirst(world.subscriptions.where("customer_id", customer.id)).map((each) =>
      serializeSubscription(world, each),
    ),
    orders: newestFirst(world.orders.where("customer_id", customer.id)).map((each) =>
      serializeOrder(world, each),
    ),
    plans: plansOf(world),
    prorationBehavior: organization.proration_behavior,
    meters: organization.customer_portal_settings.usage.show
      ? world.customerMeters
          .where("customer_id", customer.id)
          .map((each) => serializeCustomerMeter(world, each))
      : [],
    benefits: newestFirst(shownGrants(world, customer.id)).map((each) =>
      serializePortalGrant(world, each),
    ),
    licenseKeys: licenseKeysOf(world, customer),
    cards: paymentMethodsOf(world, customer.id).map(serializePaymentMethod),
    chargedCardId: customer.card?.id ?? null,
    now: world.clock.now(),
    documentUrl: (kind, orderId) => documentUrl(world, kind, orderId),
  };
}
