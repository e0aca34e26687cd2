import Link from "next/link";
import { PlanTitle } from "@/components/billing/plan-title";
import { Renewal } from "@/components/billing/renewal";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Entitlement } from "@/lib/billing/entitlement";

export function PlanCard({ entitlement }: { entitlement: Entitlement }) {
  const paid = entitlement.status !== "none";
  return (
    <Card>
      <CardHeader>
        <CardTitle>Plan</CardTitle>
      </CardHeader>
      <div className="space-y-1">
        <PlanTitle entitlement={entitlement} />
        <p className="text-sm text-muted-foreground">
          <Renewal entitlement={entitlement} />
        </p>
      </div>
      <Button asChild variant={paid ? "outline" : "default"} className="mt-auto w-fit">
        {paid ? <Link href="/billing">Manage billing</Link> : <Link href="/pricing">Upgrade</Link>}
      </Button>
    </Card>
  );
}
