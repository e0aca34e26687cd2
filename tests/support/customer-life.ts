import type { models } from "@polar-sh/sdk/2026-10";
import type { Off, Step } from "./customer-steps";
import type { PolarLife } from "./polar-life";

/** Everything that Polar's lists hold of one customer. */
export async function listsOf({ polar }: PolarLife, externalId: string) {
  const mine = { external_customer_id: externalId, limit: 100 };
  const [subscriptions, orders, refunds, grants, meters] = await Promise.all([
    polar.subscriptions.list(mine),
    polar.orders.list(mine),
    polar.refunds.list(mine),
    polar.benefitGrants.list(mine),
    polar.customerMeters.list(mine),
  ]);
  const events: models.Event[] = [];
  for (let page = 1, more = true; more; page += 1) {
    const { items } = await polar.events.list({ ...mine, page, sorting: ["timestamp"] });
    events.push(...items);
    more = items.length === mine.limit;
  }
  return {
    subscriptions: subscriptions.items,
    orders: orders.items,
    refunds: refunds.items,
    grants: grants.items,
    meters: meters.items,
    events,
  };
}

async function discountOf({ polar }: PolarLife, off: Off | null | undefined) {
  if (!off) return null;
  const { percent, duration } = off;
  const discount = await polar.discounts.create({
    name: `${percent} %`,
    type: "percentage",
    basis_points: percent * 100,
    duration,
  });
  return discount.id;
}

const after = (moment: string, days: number) =>
  new Date(Date.parse(moment) + days * 86_400_000).toISOString();

/** What a step changes of the customer's subscription; null for a step that is none of that kind. */
async function changeOf(
  life: PolarLife,
  { current_period_end, trial_end }: models.Subscription,
  wanted: Step,
): Promise<models.SubscriptionUpdate | null> {
  switch (wanted.do) {
    case "change":
      return {
        product_id: life.products[wanted.product].id,
        proration_behavior: wanted.behavior,
      };
    case "cancel":
      return { cancel_at_period_end: true };
    case "uncancel":
      return { cancel_at_period_end: false };
    case "pause":
      return { pause_at_period_end: true };
    case "pause_for":
      return { pause_at_period_end: true, resumes_at: after(current_period_end, wanted.days) };
    case "keep_running":
      return { pause_at_period_end: false };
    case "keep_plan":
      return { pending_update: null };
    case "resume":
      return { resume: true };
    case "move_trial":
      return { trial_end: after(trial_end ?? current_period_end, wanted.days) };
    case "move_end":
      return { current_billing_period_end: after(current_period_end, wanted.days) };
    case "discount":
      return { discount_id: await discountOf(life, wanted.off) };
    default:
      return null;
  }
}

async function take(life: PolarLife, customer: models.Customer, wanted: Step): Promise<unknown> {
  const { polar, products } = life;
  const mine = { external_customer_id: customer.external_id ?? "" };
  const lastOrder = async () => (await polar.orders.list({ ...mine, limit: 1 })).items[0];
  switch (wanted.do) {
    case "buy": {
      const checkout = await polar.checkouts.create({
        ...mine,
        products: [products[wanted.product].id],
        discount_id: await discountOf(life, wanted.off),
      });
      return await life.confirm(checkout, wanted.card);
    }
    case "leave":
      return await polar.checkouts.create({ ...mine, products: [products[wanted.product].id] });
    case "use":
      return await polar.events.ingest({
        events: [{ name: life.event, ...mine, metadata: { units: wanted.units } }],
      });
    case "advance":
      return await life.advance(wanted.days);
    case "card":
      return await life.control("PUT", `customers/${customer.id}/card`, { number: wanted.number });
    case "rename": {
      const { name } = wanted;
      await polar.customers.update(customer.id, {
        name,
        email: `${name.toLowerCase()}.${customer.email}`,
      });
      const order = await lastOrder();
      return order && (await polar.orders.update(order.id, { billing_name: name }));
    }
    case "refund": {
      const order = await lastOrder();
      if (!order) return undefined;
      return await polar.refunds.create({
        order_id: order.id,
        reason: "customer_request",
        amount: Math.max(1, Math.floor((order.net_amount * wanted.percent) / 100)),
        revoke_benefits: wanted.takes && !order.subscription_id,
      });
    }
  }
  const [subscription] = (await polar.subscriptions.list({ ...mine, limit: 1 })).items;
  if (!subscription) return undefined;
  if (wanted.do === "revoke") return await polar.subscriptions.revoke(subscription.id);
  const change = await changeOf(life, subscription, wanted);
  return change && (await polar.subscriptions.update(subscription.id, change));
}

/** Takes a step as far as Polar allows it; a refusal is an answer, anything else a fault. */
export async function live(life: PolarLife, customer: models.Customer, wanted: Step) {
  try {
    await take(life, customer, wanted);
  } catch (error) {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
    if (status < 400 || status >= 500) throw error;
  }
  await life.settle();
}
