import { type Html, html } from "../../pages/html.ts";
import type { Work } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { breakable, objectLink } from "./links.ts";

function subscriptionWork(world: World, id: string, happening: string): Html {
  const subscription = world.subscriptions.need(id);
  const { email } = world.customers.need(subscription.customer_id);
  const { name } = world.products.need(subscription.product_id);
  return html`${objectLink("subscriptions", id, `${name} ${happening}`)} <span class="note">${breakable(email)}</span>`;
}

function orderWork(world: World, id: string): Html {
  const { email } = world.customers.need(world.orders.need(id).customer_id);
  return html`${objectLink("orders", id, "Charge is tried again")} <span class="note">${breakable(email)}</span>`;
}

function periodEnd(world: World, id: string): string {
  const { status, cancel_at_period_end, pause_at_period_end } = world.subscriptions.need(id);
  if (cancel_at_period_end) return "ends";
  if (pause_at_period_end) return "pauses";
  return status === "trialing" ? "trial ends" : "renews";
}

/** What scheduled work will do, in words, with a link to what it does it to. */
export function workText(world: World, work: Work): Html {
  switch (work.kind) {
    case "subscription.cycle":
      return subscriptionWork(world, work.subscription_id, periodEnd(world, work.subscription_id));
    case "subscription.meter_cycle":
      return subscriptionWork(world, work.subscription_id, "meters start anew");
    case "subscription.resume":
      return subscriptionWork(world, work.subscription_id, "resumes");
    case "order.charge":
      return orderWork(world, work.order_id);
    case "checkout.expire":
      return objectLink("checkouts", work.checkout_id, "Checkout expires");
    default:
      return html`${work.kind.replaceAll(/[._]/g, " ")}`;
  }
}
