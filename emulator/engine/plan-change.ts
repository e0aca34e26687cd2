import type { models } from "@polar-sh/sdk/2026-10";
import { invalidValue, polarError } from "../http/errors.ts";
import { newId } from "../ids.ts";
import { trialEnd } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type { FixedPriceDoc, PriceDoc, ProductDoc, SubscriptionDoc } from "../store/documents.ts";
import { dayOfMonth, type Instant } from "../time.ts";
import type { World } from "../world.ts";
import { addEntry, prorationEntry, takeEntries } from "./billing-entries.ts";
import { cardPays } from "./cards.ts";
import { meteredLines } from "./metered.ts";
import { placeOrder } from "./orders.ts";
import { hasOtherInterval, periodEnd, planFields } from "./plans.ts";
import { updateSubscription } from "./subscription-events.ts";
import { cycleSubscription, meterPeriod, scheduleCycles } from "./subscriptions.ts";

/** The product to change to. @throws ApiError 422 for one that cannot be changed to. */
function target(world: World, productId: string): ProductDoc {
  const refuse = (msg: string) => invalidValue(["body", "product_id"], msg, productId);
  const product = world.products.get(productId);
  if (!product) throw refuse("Product does not exist.");
  if (product.is_archived) throw refuse("Product is archived.");
  if (!product.recurring_interval) throw refuse("Product is not recurring.");
  return product;
}

function isPaidFixed(price: PriceDoc): price is FixedPriceDoc {
  return price.amount_type === "fixed" && price.price_amount > 0;
}

/** Notes what the rest of the period is worth: the old plan's given back, the new one's charged. */
function prorate(
  world: World,
  before: SubscriptionDoc,
  product: ProductDoc,
  { now, start, end, credit }: { now: Instant; start: Instant; end: Instant; credit: boolean },
): number {
  const old = world.products.need(before.product_id);
  const oldPeriod = { start: before.current_period_start, end: before.current_period_end };
  const entries = [
    ...old.prices
      .filter((price) => credit && before.price_ids.includes(price.id))
      .filter(isPaidFixed)
      .map((price) =>
        prorationEntry(world, before.id, {
          product: old,
          price,
          period: oldPeriod,
          now,
          kind: "credit",
        }),
      ),
    ...currentPrices(product)
      .filter(isPaidFixed)
      .map((price) =>
        prorationEntry(world, before.id, {
          product,
          price,
          period: { start, end },
          now,
          kind: "debit",
        }),
      ),
  ];
  for (const entry of entries) addEntry(world, entry);
  return entries.length;
}

/** A change that is charged now fails as a whole when the card does. */
function requirePayment(world: World, customerId: string): void {
  const { card } = world.customers.need(customerId);
  if (!card || !cardPays(card))
    throw polarError(402, "PaymentFailed", "The payment of this change has failed.");
}

function changeInTrial(world: World, before: SubscriptionDoc, product: ProductDoc, now: Instant) {
  const { trial_interval: interval, trial_interval_count: count } = product;
  const end = interval && count ? trialEnd(before.trial_start ?? now, { interval, count }) : null;
  const ends = end === null || end <= now;
  const until = ends ? now : end;
  const changed = world.subscriptions.patch(before.id, {
    ...planFields(product, now, before.meters),
    ...meterPeriod(product, null, before.anchor_day),
    trial_end: until,
    current_period_end: until,
    pending_update: null,
  });
  scheduleCycles(world, changed);
  world.scheduler.soon({ kind: "grants.sync", subscription_id: before.id, cycle: false });
  if (ends) cycleSubscription(world, before.id);
  return updateSubscription(world, before.id, {});
}

/** What is used under the old plan's meter period is charged before the plan is gone. */
function settleMeters(world: World, before: SubscriptionDoc): void {
  if (!before.current_meter_period_end) return;
  const lines = meteredLines(world, before).filter((line) => line.amount > 0);
  if (lines.length > 0)
    placeOrder(world, {
      customer_id: before.customer_id,
      product_id: before.product_id,
      billing_reason: "subscription_meter_cycle",
      lines,
      subscription: before,
    });
}

/**
 * Changes a subscription's plan. `prorate` gives it now and bills the difference at renewal, `invoice`
 * bills now, `reset` bills a whole new period now, `next_period` changes at renewal. A change of the
 * interval is billed now.
 *
 * @throws ApiError 402 when the change is billed now and the card fails; 422 for a product that is none.
 */
export function changePlan(
  world: World,
  id: string,
  productId: string,
  behavior: models.SubscriptionProrationBehavior,
): SubscriptionDoc {
  const before = world.subscriptions.need(id);
  const product = target(world, productId);
  const now = world.clock.tick();
  if (behavior === "next_period")
    return updateSubscription(world, id, {
      pending_update: {
        id: newId(),
        created_at: now,
        modified_at: null,
        applies_at: before.current_period_end,
        product_id: product.id,
      },
    });
  if (before.status === "trialing") return changeInTrial(world, before, product, now);

  const isReset = behavior === "reset" || hasOtherInterval(before, product);
  const anchor = isReset ? dayOfMonth(now) : before.anchor_day;
  const start = isReset ? now : before.current_period_start;
  const end = isReset ? periodEnd(product, now, anchor) : before.current_period_end;
  const count = prorate(world, before, product, { now, start, end, credit: behavior !== "reset" });
  settleMeters(world, before);
  const changed = world.subscriptions.patch(id, {
    ...planFields(product, now, before.meters),
    anchor_day: anchor,
    current_period_start: start,
    current_period_end: end,
    ...meterPeriod(product, start, anchor),
    pending_update: null,
  });
  if (isReset) scheduleCycles(world, changed);
  if ((behavior === "invoice" || isReset) && count > 0) {
    const order = placeOrder(world, {
      customer_id: changed.customer_id,
      product_id: product.id,
      billing_reason: "subscription_update",
      lines: takeEntries(world, id),
      subscription: changed,
    });
    if (order.status === "pending") requirePayment(world, changed.customer_id);
  }
  world.scheduler.soon({ kind: "grants.sync", subscription_id: id, cycle: false });
  return updateSubscription(world, id, {});
}

/** Forgets a change that was to come at renewal. @throws ApiError 422 when there is none. */
export function clearPendingUpdate(world: World, id: string): SubscriptionDoc {
  if (!world.subscriptions.need(id).pending_update)
    throw invalidValue(
      ["body", "pending_update"],
      "This subscription has no pending update to clear.",
      null,
    );
  return updateSubscription(world, id, { pending_update: null });
}
