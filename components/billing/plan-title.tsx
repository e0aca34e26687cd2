import { StatusBadge } from "@/components/billing/status-badge";
import { planOf } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";

const rhythm = { month: "monthly", year: "yearly" } as const;

export function PlanTitle({ entitlement }: { entitlement: Entitlement }) {
  const { plan, interval } = entitlement;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-2xl font-semibold tracking-tight">{planOf(plan).name}</span>
      {interval ? <span className="text-muted-foreground">{rhythm[interval]}</span> : null}
      {entitlement.status === "none" ? null : <StatusBadge entitlement={entitlement} />}
    </p>
  );
}
