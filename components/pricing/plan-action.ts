import { planEnd } from "@/components/billing/plan-end";
import type { Interval, Plan, ProductKey } from "@/lib/billing/catalog";
import { checkoutPath } from "@/lib/billing/checkout-path";
import type { Entitlement } from "@/lib/billing/entitlement";

export type PlanAction =
  | { kind: "sign-in"; href: string }
  | { kind: "current" }
  | { kind: "change" }
  | { kind: "cancel" }
  | { kind: "follows"; from: Date }
  | { kind: "buy"; product: ProductKey };

/**
 * What a visitor can do with a plan.
 *
 * @param entitlement null for someone who isn't signed in.
 * @param next the page to go on to once it is bought.
 */
export function planAction(
  plan: Plan,
  interval: Interval,
  entitlement: Entitlement | null,
  next: string | null,
): PlanAction {
  if (!entitlement) {
    const after = plan.products ? checkoutPath(plan.products[interval], next) : "/dashboard";
    return { kind: "sign-in", href: `/sign-in?callbackUrl=${encodeURIComponent(after)}` };
  }
  const subscribed = entitlement.status !== "none";
  if (!plan.products) {
    const end = planEnd(entitlement);
    if (end) return { kind: "follows", from: end };
    return { kind: subscribed ? "cancel" : "current" };
  }
  if (!subscribed) return { kind: "buy", product: plan.products[interval] };
  const current = entitlement.plan === plan.key && entitlement.interval === interval;
  return { kind: current ? "current" : "change" };
}
