import { formatUnits } from "@/components/format/counts";
import { Day } from "@/components/format/day";
import { currency } from "@/lib/billing/catalog";
import { formatMoney } from "@/lib/billing/money";
import type { Projection as Projected } from "@/lib/usage";

/** Where the period leads at its pace so far. */
export function Projection({ projected, end }: { projected: Projected; end: Date }) {
  const { units, charge } = projected;
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 rounded-lg bg-muted px-4 py-3 text-sm">
      <p className="text-muted-foreground">
        At this pace about {formatUnits(units)} by <Day value={end} />
      </p>
      <p className="font-medium">
        {charge > 0
          ? `${formatMoney(charge, currency)} beyond the plan, before tax`
          : "Within the allowance"}
      </p>
    </div>
  );
}
