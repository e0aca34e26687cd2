import { newId } from "../ids.ts";
import { checkoutTrial, trialEnd } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type { CheckoutDoc, ProductDoc, SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth } from "../time.ts";
import type { World } from "../world.ts";
import { meterPeriod, scheduleCycles } from "./cycle-dates.ts";
import { resetSubscriptionMeters } from "./metered.ts";
import { checkoutOrderAmounts, NO_AMOUNTS } from "./order-amounts.ts";
import { placePaidOrder } from "./orders.ts";
import { periodEnd, planFields } from "./plans.ts";
import { customPrice, seatLimits, seatPrice } from "./prices.ts";
import { tellSubscription } from "./subscription-events.ts";
import { firstLines } from "./subscription-prices.ts";

interface NewSubscription {
  product: ProductDoc;
  customer_id: string;
  metadata: SubscriptionDoc["metadata"];
  /** The checkout that it comes of, with the choices made there. */
  checkout?: CheckoutDoc;
}

/** Makes a subscription and tells of it. It begins with its trial, where the checkout gives one. */
export function openSubscription(
  world: World,
  { product, customer_id, metadata, checkout }: NewSubscription,
): SubscriptionDoc {
  const start = world.clock.tick();
  const trial = checkout ? checkoutTrial(world, checkout) : null;
  const ends = trial ? trialEnd(start, trial) : null;
  const anchor = dayOfMonth(start);
  const prices = currentPrices(product);
  const perSeat = seatPrice(prices);
  const terms = {
    seats: checkout?.seats ?? (perSeat ? seatLimits(perSeat).minimum : null),
    custom_amount: checkout && customPrice(prices) ? checkout.amount : null,
    discount_id: checkout?.discount_id ?? null,
  };
  const subscription = world.subscriptions.put({
    id: newId(),
    created_at: start,
    modified_at: null,
    status: trial ? "trialing" : "active",
    ...terms,
    ...planFields(world, product, start, terms),
    currency: "usd",
    discount_applied_at: terms.discount_id && !trial ? start : null,
    tax_behavior: checkout?.tax_behavior ?? null,
    anchor_day: anchor,
    current_period_start: start,
    current_period_end: ends ?? periodEnd(product, start, anchor),
    ...meterPeriod(product, trial ? null : start, anchor),
    trial_start: ends ? start : null,
    trial_end: ends,
    cancel_at_period_end: false,
    canceled_at: null,
    started_at: start,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    pause_at_period_end: false,
    paused_at: null,
    resumes_at: null,
    customer_id,
    checkout_id: checkout?.id ?? null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    metadata,
    custom_field_data: checkout?.custom_field_data ?? {},
    pending_update: null,
  });
  tellSubscription(world, "created", subscription);
  tellSubscription(world, "active", subscription);
  tellSubscription(world, "updated", subscription);
  resetSubscriptionMeters(world, subscription);
  scheduleCycles(world, subscription);
  return subscription;
}

/** A checkout of a recurring product was paid, or its trial begins: makes the subscription and its order. */
export function startSubscription(
  world: World,
  checkout: CheckoutDoc,
  customerId: string,
): SubscriptionDoc {
  const product = world.products.need(checkout.product_id);
  const subscription = openSubscription(world, {
    product,
    customer_id: customerId,
    metadata: checkout.metadata,
    checkout,
  });
  placePaidOrder(world, {
    customer_id: customerId,
    product_id: product.id,
    billing_reason: "subscription_create",
    lines: firstLines(world, subscription),
    amounts: subscription.trial_end ? NO_AMOUNTS : checkoutOrderAmounts(checkout),
    subscription,
    checkout,
  });
  return subscription;
}
