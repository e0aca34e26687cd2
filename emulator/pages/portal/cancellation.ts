import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "../dates.ts";
import { type Html, html } from "../html.ts";
import { selectField, textField } from "../parts/field.ts";
import { actionForm } from "./action-form.ts";

const REASONS: Record<models.CustomerCancellationReason, string> = {
  too_expensive: "It is too expensive",
  missing_features: "It lacks features I need",
  switched_service: "I switched to another service",
  unused: "I do not use it enough",
  customer_service: "The support did not help me",
  low_quality: "The quality is too low",
  too_complex: "It is too complex",
  other: "Another reason",
};

function subscriptionId(subscription: models.Subscription): Html {
  return html`<input type="hidden" name="subscription_id" value="${subscription.id}">`;
}

/** The form that ends a live subscription with its period, folded up. */
export function cancellation(subscription: models.Subscription, token: string): Html {
  const fields = html`${subscriptionId(subscription)}
    <p>You keep everything until ${dateText(subscription.current_period_end)}. It will not renew.</p>
    ${selectField({
      id: `reason-${subscription.id}`,
      name: "customer_cancellation_reason",
      label: "Why do you cancel? (optional)",
      options: [["", "No answer"], ...Object.entries(REASONS)],
      chosen: "",
    })}
    ${textField({
      id: `comment-${subscription.id}`,
      name: "customer_cancellation_comment",
      label: "Anything to add? (optional)",
      control: { maxlength: 1000 },
    })}
    <button class="danger">Cancel subscription</button>`;
  return html`<details>
    <summary>Cancel subscription</summary>
    ${actionForm(token, "cancel", fields)}
  </details>`;
}

/** The form that takes a cancellation back. */
export function keeping(subscription: models.Subscription, token: string): Html {
  return actionForm(
    token,
    "uncancel",
    html`${subscriptionId(subscription)}<button class="quiet">Keep subscription</button>`,
  );
}
