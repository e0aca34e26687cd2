import type { models } from "@polar-sh/sdk/2026-10";
import type { CheckoutDoc, OrderDoc, SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { discountOn } from "./discounts.ts";
import type { Line } from "./orders.ts";
import { splitTax } from "./tax.ts";

/** What an order makes of the sum of its lines. Minor units. */
export type OrderAmounts = Pick<
  OrderDoc,
  "discount_id" | "discount_amount" | "net_amount" | "tax_amount"
>;

/** The amounts of an order that costs nothing, such as a trial's. */
export const NO_AMOUNTS: OrderAmounts = {
  discount_id: null,
  discount_amount: 0,
  net_amount: 0,
  tax_amount: 0,
};

/** The amounts of what was bought in a checkout: those that were shown and paid there. */
export function checkoutOrderAmounts(checkout: CheckoutDoc): OrderAmounts {
  return {
    discount_id: checkout.discount_id,
    discount_amount: checkout.discount_amount,
    net_amount: checkout.net_amount,
    tax_amount: checkout.tax_amount ?? 0,
  };
}

/** The amounts of an order of a subscription. Prorations have had their discount already. */
export function subscriptionOrderAmounts(
  world: World,
  subscription: SubscriptionDoc,
  lines: readonly Line[],
  reason: models.OrderBillingReason,
): OrderAmounts {
  const sum = (some: readonly Line[]) => some.reduce((total, { amount }) => total + amount, 0);
  const own = world.discounts.get(subscription.discount_id);
  // A fixed amount off is for a billing period, not for each meter period within it.
  const applies = reason !== "subscription_meter_cycle" || own?.type === "percentage";
  const discount = applies ? own : undefined;
  const discount_amount = discountOn(discount, sum(lines.filter(({ proration }) => !proration)));
  const { billing_address } = world.customers.need(subscription.customer_id);
  const { net_amount, tax_amount } = splitTax(
    world,
    sum(lines) - discount_amount,
    subscription.tax_behavior ?? world.organization.default_tax_behavior,
    billing_address?.country,
  );
  return { discount_id: discount?.id ?? null, discount_amount, net_amount, tax_amount };
}
