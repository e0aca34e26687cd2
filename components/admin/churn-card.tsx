import { Figure, Figures } from "@/components/admin/figure";
import { formatCount } from "@/components/format/counts";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Churn } from "@/lib/alerts/churn";

/** Subscriptions are people, not money: of all currencies together. */
export function ChurnCard({ churn: { live, ended, days } }: { churn: Churn }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Churn in {days} days</CardTitle>
      </CardHeader>
      <Figures>
        <Figure name="Churn" value={live > 0 ? `${((ended / live) * 100).toFixed(1)} %` : "–"} />
        <Figure name="Ended" value={formatCount(ended)} />
        <Figure name={`Live ${days} days ago`} value={formatCount(live)} />
      </Figures>
    </Card>
  );
}
