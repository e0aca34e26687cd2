import { formatUnits } from "@/components/format/counts";
import { formatOverage } from "@/components/format/overage";
import { Alert } from "@/components/ui/alert";
import { currency } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";

export function OverageNotice({
  overageUnits,
  overage,
}: {
  overageUnits: number;
  overage: Entitlement["overage"];
}) {
  if (overageUnits === 0 || !overage) return null;
  const estimate = Math.round((overageUnits / overage.units) * overage.amount);
  return (
    <Alert variant="warning" title={`About ${formatMoney(estimate, currency)} extra so far`}>
      <p>
        {formatUnits(overageUnits)} beyond your allowance, at {formatOverage(overage)}. It is added
        to your next invoice.
      </p>
    </Alert>
  );
}
