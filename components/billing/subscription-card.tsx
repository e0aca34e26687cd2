import Link from "next/link";
import { CancelForm } from "@/components/billing/cancel-form";
import { ComingChange } from "@/components/billing/coming-change";
import { PauseForm } from "@/components/billing/pause-form";
import { PausedPlan } from "@/components/billing/paused-plan";
import { PlanTitle } from "@/components/billing/plan-title";
import { PortalLink } from "@/components/billing/portal-link";
import { Renewal } from "@/components/billing/renewal";
import { formatUnits } from "@/components/format/counts";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { isLasting } from "@/lib/billing/changes/discount";
import type { ManagedSubscription } from "@/lib/billing/changes/managed";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";

type Props = { entitlement: Entitlement; subscription: ManagedSubscription | null };

/** What is paid for a period; a discount that will lapse is named, as the price will rise. */
function priceOf({ amount, currency, product, discount }: ManagedSubscription): string | null {
  if (!product?.interval) return null;
  const price = `${formatMoney(amount, currency)} per ${product.interval}`;
  return discount && !isLasting(discount) ? `${price} with your discount` : price;
}

function Summary({ entitlement, subscription }: Props) {
  // Said below, with the way to take it back.
  const isAboutToChange =
    subscription?.pending || subscription?.pauseAtPeriodEnd || subscription?.cancelAtPeriodEnd;
  const facts = [
    subscription ? priceOf(subscription) : null,
    `${formatUnits(entitlement.monthlyUnits)} a month`,
  ].filter((fact) => fact !== null);
  return (
    <div className="space-y-1">
      <PlanTitle entitlement={entitlement} />
      <p className="text-muted-foreground">{facts.join(" · ")}</p>
      {isAboutToChange ? null : (
        <p className="text-muted-foreground">
          <Renewal entitlement={entitlement} />
        </p>
      )}
    </div>
  );
}

function PlanLink({ subscription }: Pick<Props, "subscription">) {
  if (!subscription) {
    return (
      <Button asChild>
        <Link href="/pricing">Choose a plan</Link>
      </Button>
    );
  }
  const { status, cancelAtPeriodEnd } = subscription;
  if (cancelAtPeriodEnd || (status !== "active" && status !== "trialing")) return null;
  return (
    <Button asChild>
      <Link href="/billing/plan">Change plan</Link>
    </Button>
  );
}

export function SubscriptionCard({ entitlement, subscription }: Props) {
  const canPause =
    subscription?.status === "active" &&
    !subscription.cancelAtPeriodEnd &&
    !subscription.pauseAtPeriodEnd;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Plan</CardTitle>
      </CardHeader>
      {subscription?.status === "paused" ? (
        <PausedPlan subscription={subscription} />
      ) : (
        <Summary entitlement={entitlement} subscription={subscription} />
      )}
      {subscription ? <ComingChange subscription={subscription} /> : null}
      <div className="space-y-3 border-t pt-5">
        <div className="flex flex-wrap items-center gap-3">
          <PlanLink subscription={subscription} />
          <PortalLink variant="outline">Open billing portal</PortalLink>
        </div>
        <p className="text-sm text-muted-foreground">
          Your card, your invoices, and the name, address and tax ID on them are in the billing
          portal.
        </p>
      </div>
      {canPause ? <PauseForm subscription={subscription} /> : null}
      {subscription && !subscription.cancelAtPeriodEnd ? (
        <CancelForm subscription={subscription} />
      ) : null}
    </Card>
  );
}
