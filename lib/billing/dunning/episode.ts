import type { subscriptions } from "@/db/schema";
import { findProduct, planOf } from "../catalog";

type Row = typeof subscriptions.$inferSelect;

const dayMs = 86_400_000;

/** The days after a payment was missed on which its owner is told. */
export const reminderDays = [0, 3, 6] as const;

/** Since when a subscription is past due, as PostgreSQL writes it; null for one that is not. */
export function pastDueSince(row: Row): string | null {
  if (row.status !== "past_due" || row.deletedAt) return null;
  return row.pastDueAt ?? row.currentPeriodStart;
}

/** So many days after a moment. */
export function daysAfter(since: string, days: number): Date {
  return new Date(new Date(since).getTime() + days * dayMs);
}

/** What names an episode among the things that are done once. */
export function episodeKey(subscriptionId: string, since: string): string {
  return `${subscriptionId}:${new Date(since).toISOString()}`;
}

/** The plan's name for people. */
export function planName(row: Row): string {
  const product = findProduct(row.productKey);
  return product?.plan ? planOf(product.plan).name : (product?.name ?? "your plan");
}
