import { Day } from "@/components/format/day";
import { Alert } from "@/components/ui/alert";
import { unitName } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";

/** Shown wherever a payment that failed would otherwise come as a surprise. */
export function PaymentNotice({ entitlement }: { entitlement: Entitlement }) {
  if (entitlement.status !== "past_due") return null;
  const { graceEndsAt, readOnly } = entitlement;
  return (
    <Alert role="alert" variant="destructive" title="Your last payment did not go through">
      <p>
        {readOnly || !graceEndsAt ? (
          `What you made stays. New ${unitName.many} and paid features are paused until it does.`
        ) : (
          <>
            Everything keeps working until <Day value={graceEndsAt} />. After that what you made
            stays, but no new {unitName.many} can be made.
          </>
        )}{" "}
        <a href="/api/portal">Update the card</a>
      </p>
    </Alert>
  );
}
