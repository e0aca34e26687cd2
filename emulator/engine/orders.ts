import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { orderDue } from "../serializers/order.ts";
import type { CheckoutDoc, OrderDoc, OrderItemDoc, SubscriptionDoc } from "../store/documents.ts";
import { addDays } from "../time.ts";
import type { World } from "../world.ts";
import { cardPays } from "./cards.ts";
import { recoverSubscription, revokeForNonPayment, setPastDue } from "./dunning.ts";
import { type OrderAmounts, subscriptionOrderAmounts } from "./order-amounts.ts";
import { tellOrder } from "./order-events.ts";
import { SMALLEST_CHARGE } from "./prices.ts";
import { allocateReceipt } from "./receipts.ts";

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

type SubscriptionOrder = NewOrder & { subscription: SubscriptionDoc };

function numberOf(world: World, customerId: string): { invoice: string; count: number } {
  const customer = world.customers.need(customerId);
  const count = customer.invoices + 1;
  const prefix = world.organization.slug.replace(/[^a-z0-9]/gi, "").toUpperCase();
  return { invoice: `${prefix}-${customer.short_id}-${String(count).padStart(4, "0")}`, count };
}

/** What the balance changes about a total: credit is used up, debt is charged or made up for. */
function appliedBalance(total: number, balance: number): number {
  if (total >= 0) return -Math.min(total, balance) || 0;
  return balance < 0 ? Math.min(-total, -balance) : 0;
}

/** Writes an order down, taking the customer's credit into account, with the status given. */
function record(
  world: World,
  order: NewOrder,
  amounts: OrderAmounts,
  status: OrderDoc["status"],
): OrderDoc {
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
  const total = amounts.net_amount + amounts.tax_amount;
  const applied = appliedBalance(total, customer.balance);
  const { invoice, count } = numberOf(world, customer.id);
  world.customers.patch(customer.id, {
    invoices: count,
    balance: customer.balance + (total >= 0 ? applied : -total),
  });
  const made = world.orders.put({
    id: newId(),
    created_at: at,
    modified_at: null,
    status,
    items,
    ...amounts,
    seats: checkout?.seats ?? null,
    applied_balance_amount: applied,
    refunded_amount: 0,
    refunded_tax_amount: 0,
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
export function placePaidOrder(
  world: World,
  order: NewOrder & { amounts: OrderAmounts },
): OrderDoc {
  const made = record(world, order, order.amounts, "paid");
  settled(world, made);
  return made;
}

/** An order of a subscription's renewal or usage: pending, and charged right after. */
export function placeOrder(world: World, order: SubscriptionOrder): OrderDoc {
  const { subscription, lines, billing_reason } = order;
  const amounts = subscriptionOrderAmounts(world, subscription, lines, billing_reason);
  const made = record(world, order, amounts, "pending");
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
  tellOrder(world, "paid", allocateReceipt(world, order));
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

/** Whether an order is given on credit until the next one, as no card takes so little. */
export function isTooSmallToCharge(order: OrderDoc): boolean {
  return orderDue(order) < SMALLEST_CHARGE;
}

/** Charges a pending order to the customer's card. */
export function chargeOrder(world: World, orderId: string): void {
  const order = world.orders.need(orderId);
  if (order.status !== "pending") return;
  const customer = world.customers.need(order.customer_id);
  const isTooSmall = isTooSmallToCharge(order);
  if (!customer.card || !(isTooSmall || cardPays(customer.card))) {
    failed(world, order);
    return;
  }
  if (isTooSmall)
    world.customers.patch(customer.id, { balance: customer.balance - orderDue(order) });
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
