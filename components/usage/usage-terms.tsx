import { planEnd } from "@/components/billing/plan-end";
import { formatCount } from "@/components/format/counts";
import { Day } from "@/components/format/day";
import { formatOverage } from "@/components/format/overage";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";
import type { UsageSummary } from "@/lib/usage";

/** What the allowance is made of, and what happens beyond it. */
export function UsageTerms({
  usage: { hardLimit, spendingCap },
  entitlement,
}: {
  usage: UsageSummary;
  entitlement: Entitlement;
}) {
  const { overage } = entitlement;
  const end = planEnd(entitlement);
  return (
    <p className="border-t pt-5 text-sm text-muted-foreground">
      {entitlement.extraUnits > 0
        ? `Included: ${formatCount(entitlement.monthlyUnits)} of the plan and ${formatCount(entitlement.extraUnits)} from packs. `
        : null}
      {hardLimit
        ? "When the allowance is used up, creating stops until the next period or a pack."
        : `Beyond the allowance you can go on: ${overage ? `then ${formatOverage(overage)}, ` : ""}billed at the end of the period${spendingCap ? `, up to your spending cap of ${formatMoney(spendingCap.amount, spendingCap.currency)}` : ""}.`}
      {end ? (
        <>
          {" "}
          The plan is canceled and ends on <Day value={end} />.
        </>
      ) : null}
    </p>
  );
}
