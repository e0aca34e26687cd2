import type { models } from "@polar-sh/sdk/2026-10";
import type {
  CustomerDoc,
  CustomerMeterDoc,
  OrderDoc,
  OrganizationDoc,
  ProductDoc,
  SubscriptionDoc,
} from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer } from "./customer.ts";
import { serializeCustomerMeter } from "./customer-meter.ts";
import { serializeOrder } from "./order.ts";
import { publicBenefits, serializeProduct, serializeProductBase } from "./product.ts";
import { serializeSubscription } from "./subscription.ts";

/** A customer as they see themselves. */
export function serializePortalCustomer(customer: CustomerDoc): models.CustomerPortalCustomer {
  const shown = serializeCustomer(customer);
  return {
    id: shown.id,
    created_at: shown.created_at,
    modified_at: shown.modified_at,
    email: shown.email,
    email_verified: shown.email_verified,
    name: shown.name,
    billing_name: shown.billing_name,
    billing_address: shown.billing_address,
    tax_id: shown.tax_id,
    oauth_accounts: {},
    default_payment_method_id: shown.default_payment_method_id ?? null,
    type: shown.type,
    locale: shown.locale ?? null,
  };
}

/** An organization as anybody may see it. */
export function serializePublicOrganization(
  organization: OrganizationDoc,
): models.BenefitSubscriberOrganization {
  return {
    id: organization.id,
    created_at: organization.created_at,
    modified_at: organization.modified_at,
    name: organization.name,
    slug: organization.slug,
    avatar_url: organization.avatar_url,
    proration_behavior: organization.proration_behavior,
    allow_customer_updates: organization.allow_customer_updates,
  };
}

/** An organization as its customers see it. */
export function serializePortalOrganization(
  organization: OrganizationDoc,
): models.CustomerOrganization {
  return {
    ...serializePublicOrganization(organization),
    customer_portal_settings: organization.customer_portal_settings,
    organization_features: {
      member_model_enabled: false,
      checkout_localization_enabled:
        organization.feature_settings?.checkout_localization_enabled ?? false,
    },
  };
}

/** A product as the customers of its seller see it. */
export function serializePortalProduct(world: World, product: ProductDoc): models.CustomerProduct {
  return {
    ...serializeProductBase(product),
    prices: serializeProduct(world, product).prices,
    benefits: publicBenefits(world, product),
    medias: [],
  };
}

function productOfPortal(world: World, product: ProductDoc): models.CustomerOrderProduct {
  return {
    ...serializePortalProduct(world, product),
    organization: serializePortalOrganization(world.organization),
  };
}

function withoutMetadata({
  metadata: _,
  ...shown
}: models.OrderSubscription): models.CustomerOrderSubscription {
  return shown;
}

/** An order as the one who placed it sees it. */
export function serializePortalOrder(world: World, order: OrderDoc): models.CustomerOrder {
  const {
    metadata: _metadata,
    custom_field_data: _fields,
    platform_fee_amount: _fee,
    platform_fee_currency: _currency,
    customer: _customer,
    discount: _discount,
    subscription,
    product: _product,
    ...shown
  } = serializeOrder(world, order);
  const product = world.products.get(order.product_id);
  return {
    ...shown,
    product: product ? productOfPortal(world, product) : null,
    subscription: subscription && withoutMetadata(subscription),
  };
}

/** A subscription as the one who has it sees it. */
export function serializePortalSubscription(
  world: World,
  subscription: SubscriptionDoc,
): models.CustomerSubscription {
  const {
    metadata: _metadata,
    custom_field_data: _fields,
    customer: _customer,
    discount: _discount,
    product: _product,
    meters,
    ...shown
  } = serializeSubscription(world, subscription);
  return {
    ...shown,
    product: productOfPortal(world, world.products.need(subscription.product_id)),
    meters: meters.map(({ meter, ...counted }) => ({ ...counted, meter: nameOf(meter) })),
  };
}

function nameOf({ id, created_at, modified_at, name }: models.Meter) {
  return { id, created_at, modified_at, name };
}

/** A meter as the one whose use it counts sees it. */
export function serializePortalMeter(
  world: World,
  counted: CustomerMeterDoc,
): models.CustomerCustomerMeter {
  const { customer: _, meter, ...shown } = serializeCustomerMeter(world, counted);
  return { ...shown, meter: nameOf(meter) };
}
