import {
  type CatalogProduct,
  type Feature,
  featureLabels,
  findProduct,
  type Interval,
  type PlanKey,
  type ProductKey,
  planOf,
  plans,
} from "./catalog";

/** What a workspace may do now. Units are the catalog's unit; dates are UTC. */
export type Entitlement = {
  plan: PlanKey;
  status: "none" | "trialing" | "active" | "past_due";
  interval: Interval | null;
  product: ProductKey | null;
  subscriptionId: string | null;
  features: readonly Feature[];
  /** Units that the plan includes in each meter window. */
  monthlyUnits: number;
  /** Units bought in packs or granted by hand, apart from any subscription. */
  extraUnits: number;
  /**
   * What each further `units` cost, in minor units; null where use stops at the allowance, as in a trial, when nobody
   * has paid yet, and before a change of plan at the period's end, with which Polar forgets what the old plan would
   * charge.
   */
  overage: { units: number; amount: number } | null;
  /** Another plan takes over when the meter window ends. */
  changesAtPeriodEnd: boolean;
  /** Whether Polar's meter hears of each unit, as on a plan whose use can be charged. */
  isMetered: boolean;
  currentPeriodEnd: Date | null;
  trialEnd: Date | null;
  cancelAtPeriodEnd: boolean;
  pauseAtPeriodEnd: boolean;
  /** A plan that is paused, where no other is there. `resumesAt` is null where its owner must resume it. */
  paused: { product: ProductKey | null; since: Date | null; resumesAt: Date | null } | null;
  endsAt: Date | null;
  /** Until when a missed payment changes nothing; null when none was missed. */
  graceEndsAt: Date | null;
  /** The window that usage is counted in; `end` is null where nothing resets it. */
  meterWindow: { start: Date; end: Date | null };
  /** Payment was missed and grace is over: what there is stays, nothing is added. */
  readOnly: boolean;
};

export type SubscriptionState = {
  id: string;
  status: string;
  productKey: string | null;
  currentPeriodStart: string;
  currentPeriodEnd: string | null;
  meterPeriodStart: string | null;
  meterPeriodEnd: string | null;
  trialEnd: string | null;
  cancelAtPeriodEnd: boolean;
  pauseAtPeriodEnd: boolean;
  resumesAt: string | null;
  /** The product that the subscription changes to when its period ends. */
  pendingProductId: string | null;
  endsAt: string | null;
  pastDueAt: string | null;
};

/**
 * A benefit grant, `revokedAt` being null while it is in force. `refunded` is whether its order was paid back
 * whole.
 */
export type GrantState = {
  benefitType: string;
  benefitKey: string | null;
  units: number | null;
  /** The subscription that it hangs on; null for a pack or a grant by hand. */
  subscriptionId: string | null;
  revokedAt: string | null;
  refunded: boolean;
};

const dayMs = 86_400_000;
const planRank = new Map(plans.map((plan, index) => [plan.key, index]));

function dateOf(value: string | null): Date | null {
  return value ? new Date(value) : null;
}

function monthOf(now: Date): { start: Date; end: Date } {
  return {
    start: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)),
    end: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)),
  };
}

type Candidate = {
  subscription: SubscriptionState;
  /** Null for a product that the catalog does not know, or no longer. */
  product: (CatalogProduct & { plan: PlanKey }) | null;
  status: "trialing" | "active" | "past_due";
  pastDueSince: Date | null;
  graceEndsAt: Date | null;
  isLapsed: boolean;
};

function candidate(
  subscription: SubscriptionState,
  now: Date,
  graceDays: number,
): Candidate | null {
  const { status } = subscription;
  if (status !== "trialing" && status !== "active" && status !== "past_due") return null;
  const product = findProduct(subscription.productKey);
  const pastDueSince =
    status === "past_due"
      ? new Date(subscription.pastDueAt ?? subscription.currentPeriodStart)
      : null;
  const graceEndsAt = pastDueSince && new Date(pastDueSince.getTime() + graceDays * dayMs);
  return {
    subscription,
    product: product?.plan ? { ...product, plan: product.plan } : null,
    status,
    pastDueSince,
    graceEndsAt,
    isLapsed: graceEndsAt !== null && graceEndsAt <= now,
  };
}

function rankOf({ product }: Candidate): number {
  return product ? (planRank.get(product.plan) ?? 0) : -1;
}

/** The better of two comes first: not lapsed, the higher plan, paid up, the later end. */
function byWorth(a: Candidate, b: Candidate): number {
  return (
    Number(a.isLapsed) - Number(b.isLapsed) ||
    rankOf(b) - rankOf(a) ||
    Number(a.status === "past_due") - Number(b.status === "past_due") ||
    (b.subscription.currentPeriodEnd ?? "").localeCompare(a.subscription.currentPeriodEnd ?? "") ||
    a.subscription.id.localeCompare(b.subscription.id)
  );
}

/** The plan that was paused last. A pause begins with the end of the period that was paid. */
function pausedOf(subscriptions: readonly SubscriptionState[]): Entitlement["paused"] {
  const [last] = subscriptions
    .filter(({ status }) => status === "paused")
    .sort((a, b) => (b.currentPeriodEnd ?? "").localeCompare(a.currentPeriodEnd ?? ""));
  return last
    ? {
        product: findProduct(last.productKey)?.key ?? null,
        since: dateOf(last.currentPeriodEnd),
        resumesAt: dateOf(last.resumesAt),
      }
    : null;
}

/** Whether a grant is in force, or was until the payment was missed: Polar takes grants back at once. */
function countsFor({ pastDueSince }: Candidate, { revokedAt }: GrantState): boolean {
  return revokedAt === null || (pastDueSince !== null && new Date(revokedAt) >= pastDueSince);
}

function isFeature(key: string | null): key is Feature {
  return key !== null && Object.hasOwn(featureLabels, key);
}

function featuresOf(grants: readonly GrantState[]): Feature[] {
  return grants
    .map((grant) => (grant.benefitType === "feature_flag" ? grant.benefitKey : null))
    .filter(isFeature);
}

function unitsOf(grants: readonly GrantState[]): number {
  return grants.reduce(
    (sum, grant) => sum + (grant.benefitType === "meter_credit" ? (grant.units ?? 0) : 0),
    0,
  );
}

/** Whether another product comes with the end of the meter window of now, rather than after some more months. */
function changesWithWindow(subscription: SubscriptionState): boolean {
  const { pendingProductId, meterPeriodEnd, currentPeriodEnd } = subscription;
  if (pendingProductId === null) return false;
  if (meterPeriodEnd === null || currentPeriodEnd === null) return true;
  return new Date(meterPeriodEnd) >= new Date(currentPeriodEnd);
}

/**
 * What the mirrored state of one workspace entitles it to at `now`.
 *
 * A trialing or active subscription gives what the catalog says of its product; one that is past due does
 * so until `past_due_at` + `graceDays`, although Polar revokes its grants at once. Of several the best
 * wins. One of a product that is not in the catalog, because it was taken out of it, gives what Polar has
 * granted for it, or had when a payment was missed: who pays keeps it. Grants that hang on no subscription (packs,
 * grants by hand) add to it unless their order was refunded whole. Without a subscription there is the free plan. A
 * status that this version does not know gives nothing, and breaks nothing.
 */
export function entitlementOf(state: {
  subscriptions: readonly SubscriptionState[];
  grants: readonly GrantState[];
  now: Date;
  graceDays: number;
}): Entitlement {
  const { now, graceDays } = state;
  const [best] = state.subscriptions
    .map((subscription) => candidate(subscription, now, graceDays))
    .filter((found) => found !== null)
    .sort(byWorth);
  const current = best && !best.isLapsed ? best : null;
  const plan = planOf(current?.product?.plan ?? "free");
  const apart = state.grants.filter(
    (grant) => !grant.revokedAt && !grant.refunded && grant.subscriptionId === null,
  );
  const unlisted = state.grants.filter(
    (grant) =>
      current &&
      !current.product &&
      grant.subscriptionId === current.subscription.id &&
      countsFor(current, grant),
  );
  const subscription = best?.subscription;
  const changesAtPeriodEnd = current !== null && changesWithWindow(current.subscription);

  return {
    plan: plan.key,
    status: best?.status ?? "none",
    interval: current?.product?.interval ?? null,
    product: current?.product?.key ?? null,
    subscriptionId: subscription?.id ?? null,
    features: [...new Set([...plan.features, ...featuresOf([...apart, ...unlisted])])],
    monthlyUnits: Math.max(plan.monthlyUnits, unitsOf(unlisted)),
    extraUnits: unitsOf(apart),
    overage: best?.status === "trialing" || changesAtPeriodEnd ? null : plan.overage,
    changesAtPeriodEnd,
    isMetered: plan.overage !== null,
    currentPeriodEnd: dateOf(subscription?.currentPeriodEnd ?? null),
    trialEnd: best?.status === "trialing" ? dateOf(subscription?.trialEnd ?? null) : null,
    cancelAtPeriodEnd: subscription?.cancelAtPeriodEnd ?? false,
    pauseAtPeriodEnd: subscription?.pauseAtPeriodEnd ?? false,
    paused: best ? null : pausedOf(state.subscriptions),
    endsAt: dateOf(subscription?.endsAt ?? null),
    graceEndsAt: best?.graceEndsAt ?? null,
    meterWindow: current?.product
      ? {
          start: new Date(
            current.subscription.meterPeriodStart ?? current.subscription.currentPeriodStart,
          ),
          end: dateOf(current.subscription.meterPeriodEnd ?? current.subscription.currentPeriodEnd),
        }
      : monthOf(now),
    readOnly: best?.isLapsed ?? false,
  };
}
