import { planEnd } from "@/components/billing/plan-end";
import { formatCount } from "@/components/format/counts";
import { Day } from "@/components/format/day";
import { formatOverage } from "@/components/format/overage";
import { planOf } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";
import type { UsageSummary } from "@/lib/usage";

type Terms = Pick<UsageSummary, "hardLimit" | "packIncluded" | "spendingCap">;

function capOf({ spendingCap }: Terms): string {
  return spendingCap
    ? `, up to your spending cap of ${formatMoney(spendingCap.amount, spendingCap.currency)}`
    : "";
}

/** A trial costs nothing, so its use stops where a price would begin. */
function inTrial(terms: Terms, later: NonNullable<Entitlement["overage"]>): string {
  const after =
    terms.spendingCap?.amount === 0
      ? ""
      : ` On the paid plan you can go on beyond it, for ${formatOverage(later)}${capOf(terms)}.`;
  return `A trial costs nothing: when the allowance is used up, creating stops until the paid plan begins.${after}`;
}

function beyond(terms: Terms, entitlement: Entitlement): string {
  const { status, plan, overage, changesAtPeriodEnd } = entitlement;
  const later = planOf(plan).overage;
  if (status === "trialing" && later) return inTrial(terms, later);
  if (changesAtPeriodEnd)
    return "Your plan changes when this period ends. Until then creating stops when the allowance is used up, and what was used beyond it in this period is not charged.";
  if (terms.hardLimit)
    return "When the allowance is used up, creating stops until the next period or a pack.";
  if (terms.spendingCap?.amount === 0)
    return "When the allowance is used up, creating stops until the next period: your spending cap allows nothing beyond it.";
  const price = overage ? `then ${formatOverage(overage)}, ` : "";
  return `Beyond the allowance you can go on: ${price}billed at the end of the period${capOf(terms)}.`;
}

/** What the allowance is made of, and what happens beyond it. */
export function UsageTerms({ usage, entitlement }: { usage: Terms; entitlement: Entitlement }) {
  const end = planEnd(entitlement);
  return (
    <p className="border-t pt-5 text-sm text-muted-foreground">
      {usage.packIncluded > 0
        ? `Included: ${formatCount(entitlement.monthlyUnits)} of the plan and ${formatCount(usage.packIncluded)} from packs. `
        : null}
      {beyond(usage, entitlement)}
      {end ? (
        <>
          {" "}
          The plan is canceled and ends on <Day value={end} />.
        </>
      ) : null}
    </p>
  );
}
