import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { orderDue, orderTotal } from "../serializers/order.ts";
import type { CheckoutDoc, OrderDoc, OrderItemDoc, SubscriptionDoc } from "../store/documents.ts";
import { addDays } from "../time.ts";
import type { World } from "../world.ts";
import { cardPays } from "./cards.ts";
import { recoverSubscription, revokeForNonPayment, setPastDue } from "./dunning.ts";
import { tellOrder } from "./order-events.ts";

/** Days after the first failed charge on which it is tried again; then the subscription ends. */
const RETRY_DAYS = [2, 7, 14, 21];

export type Line = Omit<OrderItemDoc, "id" | "created_at" | "modified_at" | "tax_amount">;

interface NewOrder {
  customer_id: string;
  product_id: string;
  billing_reason: models.OrderBillingReason;
  lines: readonly Line[];
  subscription?: SubscriptionDoc | undefined;
  checkout?: CheckoutDoc | undefined;
}

function numberOf(world: World, customerId: string): { invoice: string; count: number } {
  const customer = world.customers.need(customerId);
  const count = customer.invoices + 1;
  const prefix = world.organization.slug.replace(/[^a-z0-9]/gi, "").toUpperCase();
  return { invoice: `${prefix}-${customer.short_id}-${String(count).padStart(4, "0")}`, count };
}

/** Writes an order down, taking the customer's credit into account, with the status given. */
function record(world: World, order: NewOrder, status: OrderDoc["status"]): OrderDoc {
  const { subscription, checkout } = order;
  const customer = world.customers.need(order.customer_id);
  const product = world.products.need(order.product_id);
  const at = world.clock.tick();
  const items = order.lines.map((line) => ({
    created_at: world.clock.tick(),
    modified_at: null,
    id: newId(),
    tax_amount: 0,
    ...line,
  }));
  const total = orderTotal({ items });
  // A negative balance line uses credit up; a negative order becomes credit.
  const applied = total > 0 && customer.balance > 0 ? -Math.min(customer.balance, total) : 0;
  const { invoice, count } = numberOf(world, customer.id);
  world.customers.patch(customer.id, {
    invoices: count,
    balance: customer.balance + applied + Math.max(0, -total),
  });
  const made = world.orders.put({
    id: newId(),
    created_at: at,
    modified_at: null,
    status,
    items,
    applied_balance_amount: applied,
    refunded_amount: 0,
    currency: "usd",
    billing_reason: order.billing_reason,
    billing_name: customer.billing_name ?? customer.name,
    billing_address: customer.billing_address,
    invoice_number: invoice,
    is_invoice_generated: false,
    receipt_number: null,
    customer_id: customer.id,
    product_id: product.id,
    subscription_id: subscription?.id ?? null,
    checkout_id: checkout?.id ?? null,
    next_payment_attempt_at: null,
    payment_attempts: 0,
    metadata: subscription?.metadata ?? checkout?.metadata ?? {},
    custom_field_data: subscription?.custom_field_data ?? checkout?.custom_field_data ?? {},
    description: product.name,
  });
  tellOrder(world, "created", made);
  return made;
}

/** An order of a checkout, which is paid already when it is made. */
export function placePaidOrder(world: World, order: NewOrder): OrderDoc {
  const made = record(world, order, "paid");
  settled(world, made);
  return made;
}

/** An order of a subscription's renewal or usage: pending, and charged right after. */
export function placeOrder(world: World, order: NewOrder): OrderDoc {
  const made = record(world, order, "pending");
  if (orderDue(made) === 0) {
    const paid = world.orders.patch(made.id, { status: "paid", modified_at: world.clock.tick() });
    settled(world, paid);
    return paid;
  }
  if (world.customers.need(made.customer_id).card) {
    world.scheduler.soon({ kind: "order.charge", order_id: made.id }, world.options.paymentDelayMs);
    return made;
  }
  return failed(world, made);
}

function settled(world: World, order: OrderDoc): void {
  tellOrder(world, "updated", order);
  tellOrder(world, "paid", order);
  if (order.subscription_id) {
    // A period's allowance is given once more when the period is paid for.
    const renewed = order.billing_reason === "subscription_cycle";
    world.scheduler.soon({
      kind: "grants.sync",
      subscription_id: order.subscription_id,
      cycle: renewed,
    });
  } else world.scheduler.soon({ kind: "grants.order", order_id: order.id, revoke: false });
  world.scheduler.soon({ kind: "order.invoice", order_id: order.id });
}

/** Charges a pending order to the customer's card. */
export function chargeOrder(world: World, orderId: string): void {
  const order = world.orders.need(orderId);
  if (order.status !== "pending") return;
  const { card } = world.customers.need(order.customer_id);
  if (!card || !cardPays(card)) {
    failed(world, order);
    return;
  }
  recoverSubscription(world, order.subscription_id);
  const paid = world.orders.patch(order.id, {
    status: "paid",
    next_payment_attempt_at: null,
    modified_at: world.clock.tick(),
  });
  settled(world, paid);
}

/** Notes a failed charge: the subscription is past due, and the charge is tried again on its days. */
function failed(world: World, order: OrderDoc): OrderDoc {
  const attempts = order.payment_attempts + 1;
  const subscriptionId = order.subscription_id;
  if (subscriptionId) setPastDue(world, subscriptionId);
  const since = world.subscriptions.get(subscriptionId)?.past_due_at ?? world.clock.now();
  const days = RETRY_DAYS[attempts - 1];
  if (days === undefined) {
    world.orders.patch(order.id, { payment_attempts: attempts, next_payment_attempt_at: null });
    if (subscriptionId) revokeForNonPayment(world, subscriptionId);
    return world.orders.need(order.id);
  }
  const next = addDays(since, days);
  world.scheduler.at(next, { kind: "order.charge", order_id: order.id });
  const changed = world.orders.patch(order.id, {
    payment_attempts: attempts,
    next_payment_attempt_at: next,
    modified_at: world.clock.tick(),
  });
  if (attempts === 1 && !world.customers.need(order.customer_id).card)
    tellOrder(world, "updated", changed);
  return changed;
}
