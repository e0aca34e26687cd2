import "server-only";
import { createHash } from "node:crypto";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { type CatalogProduct, findProduct, type ProductKey } from "../catalog";
import { readEntitlement } from "../entitlements";
import { productOf } from "../polar-product";
import type { Discount } from "./discount";
import { discountOf } from "./discount-in-use";

const statuses = ["trialing", "active", "past_due", "paused"] as const;
type Status = (typeof statuses)[number];

/** A subscription as its owner can change it: the live one, or one that is paused. Dates are UTC. */
export type ManagedSubscription = {
  id: string;
  status: Status;
  /** Null where the catalog does not know it. */
  product: CatalogProduct | null;
  /** What is paid for a period, less the discount, in minor units of `currency`. */
  amount: number;
  currency: string;
  period: { start: Date; end: Date };
  cancelAtPeriodEnd: boolean;
  pauseAtPeriodEnd: boolean;
  resumesAt: Date | null;
  /** A change that waits for the end of the period. */
  pending: { product: ProductKey | null; appliesAt: Date } | null;
  discount: Discount | null;
  /** Changes with everything that a person decides a change by: a form carries it back to us. */
  seen: string;
};

type Row = typeof subscriptions.$inferInsert;

function isManageable(status: string): status is Status {
  return (statuses as readonly string[]).includes(status);
}

function fingerprint(row: Row): string {
  const decisive = [
    row.id,
    row.status,
    row.productId,
    row.pendingProductId,
    row.cancelAtPeriodEnd,
    row.pauseAtPeriodEnd,
    new Date(row.currentPeriodStart).toISOString(),
  ];
  return createHash("sha256").update(JSON.stringify(decisive)).digest("hex").slice(0, 16);
}

/** A mirrored subscription's row, stored or not, as its owner can change it; null for one that is over. */
export async function toManaged(executor: Executor, row: Row): Promise<ManagedSubscription | null> {
  if (!isManageable(row.status) || row.deletedAt) return null;
  const end = new Date(row.currentPeriodEnd ?? row.currentPeriodStart);
  const appliesAt = row.pendingAppliesAt ? new Date(row.pendingAppliesAt) : end;
  return {
    id: row.id,
    status: row.status,
    product: findProduct(row.productKey) ?? null,
    amount: row.amount,
    currency: row.currency,
    period: { start: new Date(row.currentPeriodStart), end },
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    pauseAtPeriodEnd: row.pauseAtPeriodEnd ?? false,
    resumesAt: row.resumesAt ? new Date(row.resumesAt) : null,
    pending: row.pendingProductId
      ? { product: (await productOf(executor, row.pendingProductId))?.key ?? null, appliesAt }
      : null,
    discount: await discountOf(executor, row),
    seen: fingerprint(row),
  };
}

/** The workspace's subscription: the one that its entitlement rests on, else one that is paused. */
export async function findManaged(
  executor: Executor,
  workspaceId: string,
): Promise<ManagedSubscription | null> {
  const { subscriptionId } = await readEntitlement(executor, workspaceId);
  const [row] = await executor
    .select()
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.workspaceId, workspaceId),
        isNull(subscriptions.deletedAt),
        subscriptionId ? eq(subscriptions.id, subscriptionId) : eq(subscriptions.status, "paused"),
      ),
    )
    .orderBy(desc(subscriptions.startedAt))
    .limit(1);
  return row ? await toManaged(executor, row) : null;
}
