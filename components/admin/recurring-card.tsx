import { Figure, Figures } from "@/components/admin/figure";
import { formatCount } from "@/components/format/counts";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Recurring } from "@/lib/admin/recurring";
import { formatMoney } from "@/lib/billing/money";

export function RecurringCard({ recurring }: { recurring: Recurring }) {
  const money = (amount: number) => formatMoney(amount, recurring.currency);
  const { paying, pastDue, ending, endingMrr, trialing, trialMrr } = recurring;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Recurring revenue, {recurring.currency.toUpperCase()}</CardTitle>
      </CardHeader>
      <Figures>
        <Figure name="MRR" value={money(recurring.mrr)}>
          {ending > 0
            ? `${money(endingMrr)} of it ends: ${formatCount(ending)} canceled`
            : "None of it is canceled"}
        </Figure>
        <Figure name="ARR" value={money(recurring.arr)}>
          12 times MRR
        </Figure>
        <Figure name="Active" value={formatCount(paying)}>
          {pastDue > 0 ? `${formatCount(pastDue)} past due` : "None past due"}
        </Figure>
        <Figure name="Trialing" value={formatCount(trialing)}>
          {trialing > 0 ? `${money(trialMrr)} a month if they stay` : null}
        </Figure>
      </Figures>
    </Card>
  );
}
