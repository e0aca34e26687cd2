import type { Metadata } from "next";
import { ChurnCard } from "@/components/admin/churn-card";
import { Empty } from "@/components/admin/empty";
import { RecurringCard } from "@/components/admin/recurring-card";
import { RevenueCard } from "@/components/admin/revenue-card";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { readOverview } from "@/lib/admin/overview";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  await requireAdmin();
  const { recurring, revenue, churn } = await readOverview(new Date());
  return (
    <>
      <PageHeader title="Overview" />
      <div className="space-y-6">
        {recurring.length === 0 && revenue.length === 0 ? (
          <Card>
            <Empty>Nothing was sold yet. What is sold shows here as Polar tells of it.</Empty>
          </Card>
        ) : null}
        {recurring.map((each) => (
          <RecurringCard key={each.currency} recurring={each} />
        ))}
        <ChurnCard churn={churn} />
        {revenue.map((each) => (
          <RevenueCard key={each.currency} revenue={each} />
        ))}
      </div>
    </>
  );
}
