import Link from "next/link";
import { PauseText } from "@/components/billing/pause-text";
import { PlanTitle } from "@/components/billing/plan-title";
import { productName } from "@/components/billing/product-name";
import { Renewal } from "@/components/billing/renewal";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Entitlement } from "@/lib/billing/entitlement";

export function PlanCard({ entitlement }: { entitlement: Entitlement }) {
  const { paused } = entitlement;
  const managed = paused !== null || entitlement.status !== "none";
  return (
    <Card>
      <CardHeader>
        <CardTitle>Plan</CardTitle>
      </CardHeader>
      <div className="space-y-1">
        <PlanTitle entitlement={entitlement} />
        <p className="text-sm text-muted-foreground">
          {paused ? (
            <PauseText lead={`${productName(paused.product)}: paused`} {...paused} />
          ) : (
            <Renewal entitlement={entitlement} />
          )}
        </p>
      </div>
      <Button asChild variant={managed ? "outline" : "default"} className="mt-auto w-fit">
        {managed ? (
          <Link href="/billing">Manage billing</Link>
        ) : (
          <Link href="/pricing">Upgrade</Link>
        )}
      </Button>
    </Card>
  );
}
