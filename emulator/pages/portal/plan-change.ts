import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "../dates.ts";
import { attributes, type Html, html } from "../html.ts";
import { fixedPriceText } from "../parts/prices.ts";
import type { PortalPageView } from "../views.ts";
import { actionForm } from "./action-form.ts";

const EFFECT: Record<models.SubscriptionProrationBehavior, string> = {
  prorate: "The change takes effect at once; the difference is on your next order.",
  invoice: "The change takes effect at once, and the difference is charged now.",
  next_period: "The change takes effect when this period ends.",
  reset: "The change takes effect at once, and a new period begins and is charged now.",
};

function effect(subscription: models.Subscription, view: PortalPageView): string {
  return subscription.status === "trialing"
    ? "A plan that has no trial of its own begins at once and is charged now."
    : `${EFFECT[view.prorationBehavior]} Between monthly and yearly, a new period begins and is charged now.`;
}

function undo(subscription: models.Subscription, token: string, appliesAt: string): Html {
  return actionForm(
    token,
    "keep_plan",
    html`<input type="hidden" name="subscription_id" value="${subscription.id}">
    <p>Another plan is to begin on ${dateText(appliesAt)}.</p>
    <button class="quiet">Keep ${subscription.product.name}</button>`,
  );
}

/** The form that changes the plan, folded up; null where there is nothing to change to. */
export function planChange(subscription: models.Subscription, view: PortalPageView): Html | null {
  const { pending_update, product, id } = subscription;
  if (pending_update) return undo(subscription, view.token, pending_update.applies_at);
  const others = view.plans.filter((plan) => plan.id !== product.id);
  if (others.length === 0) return null;
  const options = others.map((plan, index) => {
    const radio = { type: "radio", name: "product_id", value: plan.id, checked: index === 0 };
    return html`<label class="option">
      <input${attributes(radio)}>
      <span>${plan.name}</span>
      <span class="option-price">${fixedPriceText(plan.prices, plan)}</span>
    </label>`;
  });
  return html`<details>
    <summary>Change plan</summary>
    ${actionForm(
      view.token,
      "change_plan",
      html`<input type="hidden" name="subscription_id" value="${id}">
      <fieldset class="choice"><legend>Change to</legend>${options}</fieldset>
      <p>${effect(subscription, view)}</p>
      <button class="primary">Change plan</button>`,
    )}
  </details>`;
}
