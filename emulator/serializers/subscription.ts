import type { models } from "@polar-sh/sdk/2026-10";
import type { SubscriptionDoc, SubscriptionMeterDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer, serializeLegacyUser } from "./customer.ts";
import { serializeDiscountBase } from "./discount.ts";
import { serializePrice, serializeProduct } from "./product.ts";

/** What a subscription's meter has counted in its window. */
export function serializeSubscriptionMeter(
  meter: SubscriptionMeterDoc,
): Omit<models.SubscriptionMeter, "meter"> {
  const { price_id: _, priced_since: __, ...shown } = meter;
  return shown;
}

/** A subscription without its customer, product and prices, as orders carry it. */
export function serializeSubscriptionBase(subscription: SubscriptionDoc): models.OrderSubscription {
  return {
    metadata: subscription.metadata,
    created_at: subscription.created_at,
    modified_at: subscription.modified_at,
    id: subscription.id,
    amount: subscription.amount,
    currency: subscription.currency,
    recurring_interval: subscription.recurring_interval,
    recurring_interval_count: subscription.recurring_interval_count,
    status: subscription.status,
    current_period_start: subscription.current_period_start,
    current_period_end: subscription.current_period_end,
    current_meter_period_start: subscription.current_meter_period_start,
    current_meter_period_end: subscription.current_meter_period_end,
    trial_start: subscription.trial_start,
    trial_end: subscription.trial_end,
    cancel_at_period_end: subscription.cancel_at_period_end,
    canceled_at: subscription.canceled_at,
    started_at: subscription.started_at,
    ends_at: subscription.ends_at,
    ended_at: subscription.ended_at,
    past_due_at: subscription.past_due_at,
    pause_at_period_end: subscription.pause_at_period_end,
    paused_at: subscription.paused_at,
    resumes_at: subscription.resumes_at,
    customer_id: subscription.customer_id,
    product_id: subscription.product_id,
    discount_id: subscription.discount_id,
    checkout_id: subscription.checkout_id,
    seats: subscription.seats,
    units: null,
    customer_cancellation_reason: subscription.customer_cancellation_reason,
    customer_cancellation_comment: subscription.customer_cancellation_comment,
    ...{ price_id: subscription.price_ids[0] ?? null, user_id: subscription.customer_id },
  };
}

export function serializeSubscription(
  world: World,
  subscription: SubscriptionDoc,
): models.Subscription {
  const customer = world.customers.need(subscription.customer_id);
  const product = world.products.need(subscription.product_id);
  const discount = world.discounts.get(subscription.discount_id);
  const { discount_id: _, ...pending } = subscription.pending_update ?? { discount_id: null };
  const prices = subscription.price_ids.flatMap((id) => {
    const price = product.prices.find((candidate) => candidate.id === id);
    return price ? [serializePrice(world, price)] : [];
  });
  return {
    ...serializeSubscriptionBase(subscription),
    custom_field_data: subscription.custom_field_data,
    customer: serializeCustomer(customer),
    product: serializeProduct(world, product),
    discount: discount ? serializeDiscountBase(world, discount) : null,
    prices,
    meters: subscription.meters.map((meter) => ({
      ...serializeSubscriptionMeter(meter),
      meter: world.meters.need(meter.meter_id),
    })),
    pending_update: "id" in pending ? { ...pending, units: null } : null,
    ...{ user: serializeLegacyUser(customer), price: prices[0] ?? null },
  };
}
