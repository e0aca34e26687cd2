import type { models } from "@polar-sh/sdk/2026-10";
import fc from "fast-check";
import type { PolarLife } from "./polar-life";

/** Something that happens to a customer. */
export type Step =
  | { do: "buy"; product: "plan" | "trial" | "yearly" | "pack"; card: string }
  | { do: "use"; units: number }
  | { do: "advance"; days: number }
  | {
      do: "change";
      product: "plan" | "trial" | "yearly";
      behavior: models.SubscriptionProrationBehavior;
    }
  | { do: "cancel" | "uncancel" | "revoke" | "pause" | "resume" }
  | { do: "card"; number: string }
  | { do: "refund"; percent: number };

const FAILS_LATER = "4000000000000341";
const PAYS = "4242424242424242";

/** One thing that may happen, weighted so that lives go on for a while. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("buy" as const),
      product: fc.constantFrom("plan", "trial", "yearly", "pack"),
      card: fc.constantFrom("pm_card_visa", "pm_card_chargeCustomerFail"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("use" as const),
      units: fc.integer({ min: 1, max: 9000 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      days: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("change" as const),
      product: fc.constantFrom("plan", "trial", "yearly"),
      behavior: fc.constantFrom("prorate", "invoice", "next_period", "reset"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("cancel", "uncancel", "revoke", "pause", "resume"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("card" as const),
      number: fc.constantFrom(PAYS, FAILS_LATER),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("refund" as const),
      percent: fc.integer({ min: 1, max: 100 }),
    }),
  },
);

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

async function take(life: PolarLife, customer: models.Customer, wanted: Step): Promise<unknown> {
  const { polar, products } = life;
  const externalId = customer.external_id ?? "";
  const mine = { external_customer_id: externalId };
  const subscription = async () =>
    (await polar.subscriptions.list({ ...mine, limit: 1 })).items[0]?.id ?? customer.id;
  switch (wanted.do) {
    case "buy": {
      const checkout = await polar.checkouts.create({
        ...mine,
        products: [products[wanted.product].id],
      });
      return await life.confirm(checkout, wanted.card);
    }
    case "use":
      return await polar.events.ingest({
        events: [{ name: "code", ...mine, metadata: { units: wanted.units } }],
      });
    case "advance":
      return await life.advance(wanted.days);
    case "change":
      return await polar.subscriptions.update(await subscription(), {
        product_id: products[wanted.product].id,
        proration_behavior: wanted.behavior,
      });
    case "cancel":
      return await polar.subscriptions.update(await subscription(), { cancel_at_period_end: true });
    case "uncancel":
      return await polar.subscriptions.update(await subscription(), {
        cancel_at_period_end: false,
      });
    case "revoke":
      return await polar.subscriptions.revoke(await subscription());
    case "pause":
      return await polar.subscriptions.update(await subscription(), { pause_at_period_end: true });
    case "resume":
      return await polar.subscriptions.update(await subscription(), { resume: true });
    case "card":
      return await life.control("PUT", `customers/${customer.id}/card`, { number: wanted.number });
    case "refund": {
      const [order] = (await polar.orders.list({ ...mine, limit: 1 })).items;
      if (!order) return undefined;
      return await polar.refunds.create({
        order_id: order.id,
        reason: "customer_request",
        amount: Math.max(1, Math.floor((order.net_amount * wanted.percent) / 100)),
      });
    }
  }
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
