import { planEnd } from "@/components/billing/plan-end";
import { formatCount } from "@/components/format/counts";
import { Day } from "@/components/format/day";
import { formatOverage } from "@/components/format/overage";
import type { Entitlement } from "@/lib/billing/entitlement";
import type { UsageSummary } from "@/lib/usage";

export function UsageFigures({
  usage,
  entitlement,
}: {
  usage: UsageSummary;
  entitlement: Entitlement;
}) {
  const figures = [
    { label: "Used", value: usage.used },
    { label: "Included", value: usage.included },
    { label: "Remaining", value: usage.remaining },
  ];
  const { overage } = entitlement;
  const end = planEnd(entitlement);
  return (
    <div className="space-y-4 border-t pt-5">
      <dl className="grid grid-cols-3 gap-4">
        {figures.map(({ label, value }) => (
          <div key={label} className="min-w-0">
            <dt className="text-sm text-muted-foreground">{label}</dt>
            <dd className="text-lg font-semibold tabular-nums">{formatCount(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted-foreground">
        {entitlement.extraUnits > 0
          ? `Included: ${formatCount(entitlement.monthlyUnits)} of the plan and ${formatCount(entitlement.extraUnits)} from packs. `
          : null}
        {usage.hardLimit
          ? "When the allowance is used up, creating stops until the next period or a pack."
          : `Beyond the allowance you can go on, ${overage ? `then ${formatOverage(overage)}, ` : ""}billed at the end of the period.`}
        {end ? (
          <>
            {" "}
            The plan is canceled and ends on <Day value={end} />.
          </>
        ) : null}
      </p>
    </div>
  );
}
