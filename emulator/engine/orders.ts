import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { orderDue } from "../serializers/order.ts";
import type { CheckoutDoc, LineDoc, OrderDoc, SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { chargeFailed } from "./dunning.ts";
import { type OrderAmounts, subscriptionOrderAmounts } from "./order-amounts.ts";
import { tellOrder } from "./order-events.ts";
import { allocateReceipt } from "./receipts.ts";

export type Line = LineDoc;

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

/** An order of a subscription's renewal, change or usage: pending, and charged right after. */
export function placeOrder(
  world: World,
  subscription: SubscriptionDoc,
  billing_reason: models.OrderBillingReason,
  lines: readonly Line[],
): OrderDoc {
  const { customer_id, product_id } = subscription;
  const amounts = subscriptionOrderAmounts(world, subscription, lines, billing_reason);
  const order = { customer_id, product_id, billing_reason, lines, subscription };
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
  return chargeFailed(world, made);
}

/** Tells of a paid order, gives what was paid for and has the invoice made. */
export function settled(world: World, order: OrderDoc): void {
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
