import "server-only";
import { sql } from "drizzle-orm";
import { redirect } from "next/navigation";
import { cache } from "react";
import { db, type Executor } from "@/db/client";
import { requireViewer, type Viewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { metrics } from "@/lib/observability/metrics/process";
import type { Feature } from "./catalog";
import {
  type Entitlement,
  entitlementOf,
  type GrantState,
  type SubscriptionState,
} from "./entitlement";

/**
 * What a workspace may do now: one indexed query on our own database, then a pure function. Polar is not
 * asked, so Polar being down locks nobody out. "Now" is by the database's clock, which also says when a use occurred.
 */
export async function readEntitlement(
  executor: Executor,
  workspaceId: string,
): Promise<Entitlement> {
  const [row] = await executor.execute<{
    subscriptions: SubscriptionState[];
    grants: GrantState[];
    now: string;
  }>(sql`
    select extract(epoch from now()) * 1000 as now,
      (select coalesce(json_agg(json_build_object(
          'id', s.id, 'status', s.status, 'productKey', s.product_key,
          'currentPeriodStart', s.current_period_start, 'currentPeriodEnd', s.current_period_end,
          'meterPeriodStart', s.meter_period_start, 'meterPeriodEnd', s.meter_period_end,
          'trialEnd', s.trial_end, 'cancelAtPeriodEnd', s.cancel_at_period_end,
          'pauseAtPeriodEnd', s.pause_at_period_end, 'resumesAt', s.resumes_at,
          'pendingProductId', s.pending_product_id,
          'endsAt', s.ends_at, 'pastDueAt', s.past_due_at)), '[]')
        from subscriptions s
        where s.workspace_id = ${workspaceId} and s.deleted_at is null) as subscriptions,
      (select coalesce(json_agg(json_build_object(
          'benefitType', g.benefit_type, 'benefitKey', g.benefit_key, 'units', g.units,
          'subscriptionId', g.subscription_id,
          'revokedAt', case when not g.is_granted then g.revoked_at end,
          'refunded', coalesce(o.status = 'refunded', false))), '[]')
        from benefit_grants g left join orders o on o.id = g.order_id
        where g.workspace_id = ${workspaceId} and g.deleted_at is null
          and (g.is_granted or g.revoked_at is not null and g.subscription_id is not null)) as grants`);
  return entitlementOf({
    subscriptions: row?.subscriptions ?? [],
    grants: row?.grants ?? [],
    now: new Date(Number(row?.now)),
    graceDays: env().BILLING_GRACE_DAYS,
  });
}

/** The workspace's entitlement, read once per request. */
export const getEntitlement = cache(
  (workspaceId: string): Promise<Entitlement> => readEntitlement(db(), workspaceId),
);

/** Whether a plan includes a feature that somebody wants to use; the metrics count where it does not. */
export function allows({ features }: Pick<Entitlement, "features">, feature: Feature): boolean {
  const isIncluded = features.includes(feature);
  if (!isIncluded) metrics().denials.inc({ reason: feature });
  return isIncluded;
}

/**
 * The gate for a page: only a signed-in viewer entitled to `feature` passes. Others are sent to sign in or
 * to the plans, and from there back to `returnTo`. An API handler asks `allows` itself and answers 403.
 */
export async function requireFeature(
  feature: Feature,
  returnTo: string,
): Promise<{ viewer: Viewer; entitlement: Entitlement }> {
  const viewer = await requireViewer(returnTo);
  const entitlement = await getEntitlement(viewer.workspaceId);
  if (!allows(entitlement, feature))
    redirect(`/pricing?${new URLSearchParams({ feature, next: returnTo })}`);
  return { viewer, entitlement };
}
