import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "../dates.ts";
import { type Html, html } from "../html.ts";
import { meteredPriceTexts, priceText } from "../parts/prices.ts";
import type { PortalPageView } from "../views.ts";
import { cancellation, keeping } from "./cancellation.ts";
import { planChange } from "./plan-change.ts";
import { isLive, subscriptionStatus } from "./subscription-status.ts";

function overdue(subscription: models.Subscription, orders: readonly models.Order[]): Html {
  const next = orders.find(
    (order) => order.subscription_id === subscription.id && order.next_payment_attempt_at,
  )?.next_payment_attempt_at;
  return html`The last payment failed. Please check your card below.
    ${next && html`The next attempt is on ${dateText(next)}.`}`;
}

/** What happens next, or happened last. */
function outlook(subscription: models.Subscription, orders: readonly models.Order[]): Html | null {
  const { status, current_period_end, resumes_at } = subscription;
  if (!isLive(subscription)) {
    return subscription.ended_at ? html`Ended on ${dateText(subscription.ended_at)}` : null;
  }
  if (status === "past_due") return overdue(subscription, orders);
  if (subscription.cancel_at_period_end) return html`It will not renew.`;
  if (status === "paused") return resumes_at ? html`Resumes on ${dateText(resumes_at)}` : null;
  if (status === "trialing") {
    return html`First payment on ${dateText(subscription.trial_end ?? current_period_end)}`;
  }
  return html`Renews on ${dateText(current_period_end)}`;
}

function subscriptionItem(subscription: models.Subscription, view: PortalPageView): Html {
  const { product, amount, currency, cancel_at_period_end } = subscription;
  const status = subscriptionStatus(subscription);
  const next = outlook(subscription, view.orders);
  const live = isLive(subscription);
  return html`<li class="panel subscription">
    <div class="row">
      <h3>${product.name}</h3>
      <span class="status ${status.tone}">${status.words}</span>
    </div>
    <p>
      ${priceText(amount, currency, subscription)}
      ${meteredPriceTexts(subscription.prices).map((text) => html`<br>${text}`)}
    </p>
    ${next && html`<p class="outlook">${next}</p>`}
    ${live && !cancel_at_period_end && planChange(subscription, view)}
    ${live && subscription.status !== "paused" && (cancel_at_period_end ? keeping : cancellation)(subscription, view.token)}
  </li>`;
}

/** The subscriptions of the customer, those that run first. */
export function subscriptions(view: PortalPageView): Html {
  const sorted = view.subscriptions.toSorted(
    (one, other) => Number(isLive(other)) - Number(isLive(one)),
  );
  return html`<section id="subscriptions">
    <h2>Subscriptions</h2>
    ${
      sorted.length === 0
        ? html`<p class="empty">You have no subscription.</p>`
        : html`<ul class="stack">${sorted.map((item) => subscriptionItem(item, view))}</ul>`
    }
  </section>`;
}
