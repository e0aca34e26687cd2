import Link from "next/link";
import { PlanTitle } from "@/components/billing/plan-title";
import { PortalLink } from "@/components/billing/portal-link";
import { Renewal } from "@/components/billing/renewal";
import { formatUnits } from "@/components/format/counts";
import type { Pricing } from "@/components/pricing/types";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";

function price(entitlement: Entitlement, pricing: Pricing): string | null {
  if (!entitlement.product || !entitlement.interval) return null;
  const { amount, currency } = pricing[entitlement.product];
  return `${formatMoney(amount, currency)} per ${entitlement.interval}`;
}

export function SubscriptionCard({
  entitlement,
  pricing,
}: {
  entitlement: Entitlement;
  pricing: Pricing;
}) {
  const paid = entitlement.status !== "none";
  const facts = [
    price(entitlement, pricing),
    `${formatUnits(entitlement.monthlyUnits)} a month`,
  ].filter((fact) => fact !== null);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Plan</CardTitle>
      </CardHeader>
      <div className="space-y-1">
        <PlanTitle entitlement={entitlement} />
        <p className="text-muted-foreground">{facts.join(" · ")}</p>
        <p className="text-muted-foreground">
          <Renewal entitlement={entitlement} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3 border-t pt-5">
        {paid ? (
          <>
            <PortalLink>
              {entitlement.cancelAtPeriodEnd
                ? "Keep the plan in billing portal"
                : "Open billing portal"}
            </PortalLink>
            <p className="text-sm text-muted-foreground">
              {entitlement.cancelAtPeriodEnd
                ? "You can take back the cancellation until then."
                : "Change plan or card, download invoices, or cancel."}
            </p>
          </>
        ) : (
          <>
            <Button asChild>
              <Link href="/pricing">Choose a plan</Link>
            </Button>
            <PortalLink variant="outline">Open billing portal</PortalLink>
          </>
        )}
      </div>
    </Card>
  );
}
