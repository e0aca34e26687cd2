import { formatUnits } from "@/components/format/counts";
import { formatOverage } from "@/components/format/overage";
import { Alert } from "@/components/ui/alert";
import { currency } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";
import { chargeOf } from "@/lib/usage/balance";

export function OverageNotice({
  overageUnits,
  overage,
}: {
  overageUnits: number;
  overage: Entitlement["overage"];
}) {
  if (overageUnits === 0 || !overage) return null;
  const estimate = chargeOf(overageUnits, overage);
  return (
    <Alert variant="warning" title={`About ${formatMoney(estimate, currency)} extra so far`}>
      <p>
        {formatUnits(overageUnits)} beyond your allowance, at {formatOverage(overage)}. It is added
        to your next invoice.
      </p>
    </Alert>
  );
}
