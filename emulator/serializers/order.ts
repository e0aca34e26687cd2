import type { models } from "@polar-sh/sdk/2026-10";
import type { OrderDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer, serializeLegacyUser } from "./customer.ts";
import { serializeDiscountBase } from "./discount.ts";
import { serializePrice, serializeProductBase } from "./product.ts";
import { serializeSubscriptionBase } from "./subscription.ts";

/** The sum of an order's lines in minor units, before discount and tax. */
export function orderSubtotal({ items }: Pick<OrderDoc, "items">): number {
  return items.reduce((sum, item) => sum + item.amount, 0);
}

/** What an order comes to in minor units, tax and all; negative when it is a credit. */
export function orderTotal(order: Pick<OrderDoc, "net_amount" | "tax_amount">): number {
  return order.net_amount + order.tax_amount;
}

/** What of an order's net amount and tax may still be given back, in minor units. */
export function refundable(order: OrderDoc): { amount: number; tax: number } {
  const { net_amount, tax_amount, applied_balance_amount } = order;
  return {
    amount: Math.max(0, net_amount + applied_balance_amount - order.refunded_amount),
    tax: Math.max(0, tax_amount - order.refunded_tax_amount),
  };
}

/** What is charged to the card, in minor units: credit of the customer is used up first. */
export function orderDue(order: OrderDoc): number {
  return Math.max(0, orderTotal(order) + order.applied_balance_amount);
}

export function isPaid(order: OrderDoc): boolean {
  return ["paid", "refunded", "partially_refunded"].includes(order.status);
}

export function serializeOrder(world: World, order: OrderDoc): models.Order {
  const customer = world.customers.need(order.customer_id);
  const product = world.products.need(order.product_id);
  const subscription = world.subscriptions.get(order.subscription_id);
  const left = refundable(order);
  const discount = world.discounts.get(order.discount_id);
  const priceId = order.items.find((item) => item.product_price_id)?.product_price_id ?? null;
  const price = product.prices.find((candidate) => candidate.id === priceId);
  return {
    id: order.id,
    created_at: order.created_at,
    modified_at: order.modified_at,
    status: order.status,
    paid: isPaid(order),
    subtotal_amount: orderSubtotal(order),
    discount_amount: order.discount_amount,
    net_amount: order.net_amount,
    tax_amount: order.tax_amount,
    total_amount: orderTotal(order),
    applied_balance_amount: order.applied_balance_amount,
    due_amount: orderDue(order),
    refunded_amount: order.refunded_amount,
    refunded_tax_amount: order.refunded_tax_amount,
    currency: order.currency,
    billing_reason: order.billing_reason,
    billing_name: order.billing_name,
    billing_address: order.billing_address,
    invoice_number: order.invoice_number,
    is_invoice_generated: order.is_invoice_generated,
    receipt_number: order.receipt_number,
    seats: order.seats,
    units: null,
    customer_id: order.customer_id,
    product_id: order.product_id,
    discount_id: order.discount_id,
    subscription_id: order.subscription_id,
    checkout_id: order.checkout_id,
    next_payment_attempt_at: order.next_payment_attempt_at,
    metadata: order.metadata,
    custom_field_data: order.custom_field_data,
    platform_fee_amount: 0,
    platform_fee_currency: null,
    customer: serializeCustomer(customer),
    product: { ...serializeProductBase(product), metadata: product.metadata },
    discount: discount ? serializeDiscountBase(world, discount) : null,
    subscription: subscription ? serializeSubscriptionBase(subscription) : null,
    items: order.items,
    description: order.description,
    refundable_amount: left.amount,
    refundable_tax_amount: left.tax,
    ...{
      amount: order.net_amount,
      from_balance_amount: order.applied_balance_amount,
      product_price_id: priceId,
      product_price: price ? serializePrice(world, price) : null,
      user_id: customer.id,
      user: serializeLegacyUser(customer),
    },
  };
}
