import { planEnd } from "@/components/billing/plan-end";
import { formatCount } from "@/components/format/counts";
import { Day } from "@/components/format/day";
import { formatOverage } from "@/components/format/overage";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";
import type { UsageSummary } from "@/lib/usage";

type Terms = Pick<UsageSummary, "hardLimit" | "spendingCap">;

function beyond({ hardLimit, spendingCap }: Terms, overage: Entitlement["overage"]): string {
  if (hardLimit)
    return "When the allowance is used up, creating stops until the next period or a pack.";
  if (spendingCap?.amount === 0)
    return "When the allowance is used up, creating stops until the next period: your spending cap allows nothing beyond it.";
  const price = overage ? `then ${formatOverage(overage)}, ` : "";
  const cap = spendingCap
    ? `, up to your spending cap of ${formatMoney(spendingCap.amount, spendingCap.currency)}`
    : "";
  return `Beyond the allowance you can go on: ${price}billed at the end of the period${cap}.`;
}

/** What the allowance is made of, and what happens beyond it. */
export function UsageTerms({ usage, entitlement }: { usage: Terms; entitlement: Entitlement }) {
  const { overage } = entitlement;
  const end = planEnd(entitlement);
  return (
    <p className="border-t pt-5 text-sm text-muted-foreground">
      {entitlement.extraUnits > 0
        ? `Included: ${formatCount(entitlement.monthlyUnits)} of the plan and ${formatCount(entitlement.extraUnits)} from packs. `
        : null}
      {beyond(usage, overage)}
      {end ? (
        <>
          {" "}
          The plan is canceled and ends on <Day value={end} />.
        </>
      ) : null}
    </p>
  );
}
