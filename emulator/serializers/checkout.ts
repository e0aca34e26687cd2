import type { models } from "@polar-sh/sdk/2026-10";
import { isFree, isStatic } from "../engine/prices.ts";
import type { CheckoutDoc } from "../store/documents.ts";
import { addDays, type Instant, nextPeriod } from "../time.ts";
import type { World } from "../world.ts";
import { serializeCheckoutDiscount } from "./discount.ts";
import { currentPrices, serializeCheckoutProduct, serializePrice } from "./product.ts";

interface Trial {
  interval: models.TrialInterval;
  count: number;
}

/** The trial that a checkout would start: its own, or its product's; null when there is none. */
export function checkoutTrial(world: World, checkout: CheckoutDoc): Trial | null {
  const product = world.products.need(checkout.product_id);
  if (!checkout.allow_trial || !product.recurring_interval) return null;
  const { trial_interval, trial_interval_count } =
    checkout.trial_interval && checkout.trial_interval_count ? checkout : product;
  return trial_interval && trial_interval_count
    ? { interval: trial_interval, count: trial_interval_count }
    : null;
}

/** When a trial that starts at `from` ends. */
export function trialEnd(from: Instant, trial: Trial): Instant {
  return trial.interval === "day"
    ? addDays(from, trial.count)
    : nextPeriod(from, trial.interval, trial.count);
}

/** What of a payment a checkout asks for: money now, a card for later, and so a form for either. */
export function paymentNeeds(world: World, checkout: CheckoutDoc) {
  const product = world.products.need(checkout.product_id);
  const prices = currentPrices(product);
  const discount = world.discounts.get(checkout.discount_id);
  const isMetered = !prices.every(isStatic);
  const isFreeProduct = prices.every(isFree);
  const total = checkout.net_amount + (checkout.tax_amount ?? 0);
  const isFreeForEver =
    discount?.duration === "forever" &&
    discount.type === "percentage" &&
    discount.basis_points === 10_000;
  const is_payment_required = total > 0 && !checkoutTrial(world, checkout);
  const is_payment_setup_required =
    product.recurring_interval !== null &&
    !isFreeProduct &&
    !isFreeForEver &&
    (checkout.amount > 0 || isMetered);
  return {
    is_discount_applicable: !isFreeProduct,
    is_free_product_price: isFreeProduct,
    is_payment_required,
    is_payment_setup_required,
    is_payment_form_required: is_payment_required || is_payment_setup_required,
  };
}

export function serializeCheckout(world: World, checkout: CheckoutDoc): models.Checkout {
  const product = world.products.need(checkout.product_id);
  const products = checkout.product_ids.map((id) => world.products.need(id));
  const { amount, discount_amount, net_amount, tax_amount, tax_behavior } = checkout;
  const trial = checkoutTrial(world, checkout);
  const prices = product.prices.filter(({ id }) => checkout.price_ids.includes(id));
  const first = prices.find(isStatic) ?? prices[0];
  const discount = world.discounts.get(checkout.discount_id);
  const url = `${world.publicUrl}/checkout/${checkout.client_secret}`;
  const address = checkout.customer_billing_address;
  const isPaying = checkout.intent !== null;
  return {
    id: checkout.id,
    created_at: checkout.created_at,
    modified_at: checkout.modified_at,
    custom_field_data: checkout.custom_field_data,
    payment_processor: "stripe",
    status: checkout.status,
    client_secret: checkout.client_secret,
    url,
    expires_at: checkout.expires_at,
    success_url: checkout.success_url ?? `${url}/confirmation`,
    return_url: checkout.return_url,
    embed_origin: checkout.embed_origin,
    amount,
    seats: checkout.seats,
    min_seats: checkout.min_seats,
    max_seats: checkout.max_seats,
    units: null,
    min_units: null,
    max_units: null,
    discount_amount,
    net_amount,
    tax_amount,
    tax_behavior,
    total_amount: net_amount + (tax_amount ?? 0),
    currency: "usd",
    allow_trial: checkout.allow_trial,
    active_trial_interval: trial?.interval ?? null,
    active_trial_interval_count: trial?.count ?? null,
    trial_end: trial ? trialEnd(checkout.modified_at ?? checkout.created_at, trial) : null,
    organization_id: product.organization_id,
    product_id: product.id,
    product_price_id: first?.id ?? null,
    discount_id: checkout.discount_id,
    allow_discount_codes: checkout.allow_discount_codes,
    require_billing_address: checkout.require_billing_address,
    ...paymentNeeds(world, checkout),
    customer_id: checkout.customer_id,
    is_business_customer: checkout.is_business_customer,
    customer_name: checkout.customer_name,
    customer_email: checkout.customer_email,
    customer_ip_address: checkout.customer_ip_address,
    customer_billing_name: checkout.customer_billing_name,
    customer_billing_address: address,
    customer_tax_id: checkout.customer_tax_id,
    locale: checkout.locale ?? "en",
    payment_method_type: null,
    payment_processor_metadata: {
      publishable_key: "",
      ...(isPaying
        ? {
            customer_id: `cus_${checkout.id.slice(0, 8)}`,
            intent_client_secret: `${checkout.intent}_${checkout.id.slice(0, 8)}_secret`,
            intent_status: checkout.requires_action ? "requires_action" : "succeeded",
          }
        : {}),
    },
    billing_address_fields: {
      country: "required",
      state: "disabled",
      city: "disabled",
      postal_code: "disabled",
      line1: "disabled",
      line2: "disabled",
    },
    trial_interval: checkout.trial_interval === "month" ? "month" : checkout.trial_interval,
    trial_interval_count: checkout.trial_interval_count,
    metadata: checkout.metadata,
    external_customer_id: checkout.external_customer_id,
    products: products.map((each) => serializeCheckoutProduct(world, each)),
    product: serializeCheckoutProduct(world, product),
    product_price: first ? serializePrice(world, first) : null,
    prices: Object.fromEntries(
      products.map((each) => [
        each.id,
        currentPrices(each).map((price) => serializePrice(world, price)),
      ]),
    ),
    discount: discount ? serializeCheckoutDiscount(discount) : null,
    subscription_id: checkout.subscription_id,
    attached_custom_fields: [],
    customer_metadata: checkout.customer_metadata,
    ...{
      customer_external_id: checkout.external_customer_id,
      subtotal_amount: net_amount,
      customer_billing_address_fields: {
        country: true,
        state: false,
        city: false,
        postal_code: false,
        line1: false,
        line2: false,
      },
    },
  };
}
