import { polarError } from "../http/errors.ts";
import type { SubscriptionDoc } from "../store/documents.ts";

/** The statuses in which a subscription is charged, or is to be. */
export const BILLABLE: ReadonlySet<string> = new Set(["active", "trialing", "past_due"]);

function alreadyCanceled() {
  return polarError(
    403,
    "AlreadyCanceledSubscription",
    "This subscription is already canceled or will be at the end of the period.",
  );
}

/**
 * Whether a subscription can be canceled, `immediately` or with its period. A paused one has no period
 * to end with.
 *
 * @throws ApiError 403 where it cannot
 */
export function requireCancelable(subscription: SubscriptionDoc, immediately: boolean): void {
  const { status, ended_at, ends_at, cancel_at_period_end } = subscription;
  const isRunning = BILLABLE.has(status) || (immediately && status === "paused");
  const isEnding = cancel_at_period_end || ends_at !== null;
  if (!isRunning || ended_at || (isEnding && !immediately)) throw alreadyCanceled();
}

/** @throws ApiError 403 for a subscription that has ended or will, which cannot be changed any more */
export function requireLasting({ status, cancel_at_period_end }: SubscriptionDoc): void {
  if (status === "canceled" || cancel_at_period_end) throw alreadyCanceled();
}

/** Whether a cancellation can be taken back. */
export function isUncancelable({ status, cancel_at_period_end }: SubscriptionDoc): boolean {
  return cancel_at_period_end && BILLABLE.has(status);
}
