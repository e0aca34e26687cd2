import type { models } from "@/lib/polar";
import { type CatalogProduct, findProduct, type ProductKey } from "../catalog";
import { timingOf } from "./estimate";
import type { ManagedSubscription } from "./managed";
import type { Change } from "./request";

/** What has been done, as the page then says it. */
export type Done =
  | "plan_changed"
  | "plan_scheduled"
  | "plan_kept"
  | "canceled"
  | "ended"
  | "uncanceled"
  | "pause_scheduled"
  | "pause_taken_back"
  | "resumed";

export type ChangeFailure =
  | "no_subscription"
  | "unknown_product"
  | "archived_product"
  | "changed_meanwhile"
  | "change_in_progress"
  | "payment_failed"
  | "not_possible"
  | "change_unconfirmed";

/** What to ask of Polar; `productId` is Polar's, of the product to change to. */
export type Step = {
  done: Done;
  update: (productId: string) => models.SubscriptionUpdate;
};

type Rule = { step: Step; isPossible: boolean; isSo: boolean };

function planRule(subscription: ManagedSubscription, product: ProductKey): Rule {
  const current = subscription.product;
  const target = findProduct(product);
  const now = current && target && timingOf(current, target) === "now";
  const { pending, status, cancelAtPeriodEnd } = subscription;
  const isPending = pending?.product === product;
  const isCurrent = current?.key === product;
  return {
    step: {
      done: now || (isCurrent && !isPending) ? "plan_changed" : "plan_scheduled",
      update: (product_id) => ({
        product_id,
        proration_behavior: now ? "invoice" : "next_period",
      }),
    },
    isSo: isPending || (isCurrent && !pending),
    isPossible:
      (status === "active" || status === "trialing") &&
      !cancelAtPeriodEnd &&
      current !== null &&
      !isCurrent,
  };
}

function rules(subscription: ManagedSubscription): {
  [Name in Exclude<Change["action"], "change_plan">]: (
    change: Extract<Change, { action: Name }>,
  ) => Rule;
} {
  const { status, cancelAtPeriodEnd, pauseAtPeriodEnd, pending } = subscription;
  const rule = (
    done: Done,
    update: models.SubscriptionUpdate,
    isSo: boolean,
    isPossible: boolean,
  ) => ({
    step: { done, update: () => update },
    isSo,
    isPossible,
  });
  return {
    keep_plan: () => rule("plan_kept", { pending_update: null }, !pending, true),
    cancel: ({ reason, comment }) => {
      const why = { customer_cancellation_reason: reason, customer_cancellation_comment: comment };
      // A paused subscription has no period whose end could be waited for.
      return status === "paused"
        ? rule("ended", { revoke: true, ...why }, false, true)
        : rule("canceled", { cancel_at_period_end: true, ...why }, cancelAtPeriodEnd, true);
    },
    uncancel: () => rule("uncanceled", { cancel_at_period_end: false }, !cancelAtPeriodEnd, true),
    pause: () =>
      rule(
        "pause_scheduled",
        { pause_at_period_end: true },
        pauseAtPeriodEnd || status === "paused",
        status === "active" && !cancelAtPeriodEnd,
      ),
    keep_running: () =>
      rule(
        "pause_taken_back",
        { pause_at_period_end: false },
        !pauseAtPeriodEnd,
        status !== "paused",
      ),
    resume: () => rule("resumed", { resume: true }, status === "active", status === "paused"),
  };
}

/** What a change means for a subscription as it is: the step to take, or that it is so already, or cannot be. */
export function ruleOf(subscription: ManagedSubscription, change: Change): Rule | null {
  if (change.action === "change_plan") {
    const target = findProduct(change.product);
    return target?.plan ? planRule(subscription, target.key) : null;
  }
  const found = rules(subscription)[change.action] as (change: Change) => Rule;
  return found(change);
}

/** The products that a subscription can be changed to. */
export function targetsOf(
  subscription: ManagedSubscription,
  catalog: readonly CatalogProduct[],
): CatalogProduct[] {
  return catalog.filter(({ key, plan }) => plan && planRule(subscription, key).isPossible);
}
