import { planEnd } from "@/components/billing/plan-end";
import { Day } from "@/components/format/day";
import type { Entitlement } from "@/lib/billing/entitlement";

/** What happens next with this subscription, and when. */
export function Renewal({ entitlement }: { entitlement: Entitlement }) {
  const { status, trialEnd, currentPeriodEnd, graceEndsAt, readOnly } = entitlement;
  if (status === "past_due") {
    return graceEndsAt && !readOnly ? (
      <>
        Access until <Day value={graceEndsAt} />
      </>
    ) : (
      "Waiting for payment"
    );
  }
  const end = planEnd(entitlement);
  if (end) {
    return (
      <>
        Ends on <Day value={end} />
      </>
    );
  }
  if (entitlement.pauseAtPeriodEnd && currentPeriodEnd) {
    return (
      <>
        Pauses on <Day value={currentPeriodEnd} />
      </>
    );
  }
  if (status === "trialing" && trialEnd) {
    return (
      <>
        Trial until <Day value={trialEnd} />, then paid
      </>
    );
  }
  if (status === "active" && currentPeriodEnd) {
    return (
      <>
        Renews on <Day value={currentPeriodEnd} />
      </>
    );
  }
  return "No subscription, nothing to pay";
}
