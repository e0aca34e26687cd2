import type { models } from "@polar-sh/sdk/2026-10";
import { humanDate } from "../../time.ts";

/** A status in words, and how it should feel. */
export interface StatusView {
  words: string;
  tone: "good" | "warn" | "bad" | "plain";
}

/** Whether the subscription still runs, so that it can be cancelled. */
export function isLive({ status }: models.Subscription): boolean {
  return ["trialing", "active", "past_due", "paused"].includes(status);
}

/** How a subscription stands, in words. */
export function subscriptionStatus(subscription: models.Subscription): StatusView {
  const { status, cancel_at_period_end, current_period_end } = subscription;
  if (status === "past_due") return { words: "Payment overdue", tone: "bad" };
  if (status === "unpaid") return { words: "Unpaid", tone: "bad" };
  if (status === "incomplete") return { words: "Waiting for payment", tone: "warn" };
  if (!isLive(subscription)) return { words: "Ended", tone: "plain" };
  if (cancel_at_period_end) {
    const end = humanDate(subscription.ends_at ?? current_period_end);
    return { words: `Ends on ${end}`, tone: "warn" };
  }
  if (status === "paused") return { words: "Paused", tone: "plain" };
  if (status === "trialing") {
    return {
      words: `Trial until ${humanDate(subscription.trial_end ?? current_period_end)}`,
      tone: "good",
    };
  }
  return { words: "Active", tone: "good" };
}
