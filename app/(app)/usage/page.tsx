import { Download } from "lucide-react";
import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { daysOf } from "@/components/usage/days";
import { LiveUsage } from "@/components/usage/live-usage";
import { OverageNotice } from "@/components/usage/overage-notice";
import { Period } from "@/components/usage/period";
import { PeriodsTable } from "@/components/usage/periods-table";
import { PolarAge } from "@/components/usage/polar-age";
import { Projection } from "@/components/usage/projection";
import { SpendingCap } from "@/components/usage/spending-cap";
import { UsageByKey } from "@/components/usage/usage-by-key";
import { UsageChart } from "@/components/usage/usage-chart";
import { UsageDaysTable } from "@/components/usage/usage-days-table";
import { UsageEmpty } from "@/components/usage/usage-empty";
import { UsageMeter } from "@/components/usage/usage-meter";
import { UsageTerms } from "@/components/usage/usage-terms";
import { requireViewer } from "@/lib/auth";
import { planOf, unitName } from "@/lib/billing/catalog";
import { getEntitlement } from "@/lib/billing/entitlements";
import { getUsage, getUsageByKey, listPeriods, projectUsage } from "@/lib/usage";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: { searchParams: SearchParams }) {
  const { workspaceId } = await requireViewer("/usage");
  const [{ cap }, entitlement, usage, keys, periods] = await Promise.all([
    searchParams,
    getEntitlement(workspaceId),
    getUsage(workspaceId),
    getUsageByKey(workspaceId),
    listPeriods(workspaceId),
  ]);
  const days = daysOf(usage);
  const projected = projectUsage(usage, entitlement.overage, new Date());
  return (
    <>
      <PageHeader title="Usage">
        <Period period={usage.period} />
      </PageHeader>
      <div className="space-y-6">
        <PaymentNotice entitlement={entitlement} />
        <OverageNotice overageUnits={usage.overageUnits} overage={entitlement.overage} />
        <Card>
          <CardHeader>
            <CardTitle>This period</CardTitle>
          </CardHeader>
          <UsageMeter usage={usage} />
          {projected && usage.period.end ? (
            <Projection projected={projected} end={usage.period.end} />
          ) : null}
          <UsageTerms usage={usage} entitlement={entitlement} />
          {entitlement.isMetered ? <PolarAge readAt={usage.polarReadAt} /> : null}
        </Card>
        <Card>
          <CardHeader className="flex-row flex-wrap items-center justify-between gap-x-3">
            <CardTitle>By day</CardTitle>
            <Button asChild variant="outline" size="sm">
              <a href="/api/usage/export" download="usage.csv">
                <Download aria-hidden="true" />
                Download CSV
              </a>
            </Button>
          </CardHeader>
          {days.some((day) => day.units > 0) ? (
            <>
              <UsageChart days={days} />
              <UsageDaysTable days={days} unit={unitName.many} />
            </>
          ) : (
            <UsageEmpty since={usage.period.start} />
          )}
        </Card>
        {keys.length > 0 ? (
          <Card>
            <CardHeader>
              <CardTitle>By API key</CardTitle>
            </CardHeader>
            <UsageByKey keys={keys} />
          </Card>
        ) : null}
        {periods.length > 0 ? (
          <Card>
            <CardHeader>
              <CardTitle>Periods</CardTitle>
            </CardHeader>
            <PeriodsTable periods={periods} />
          </Card>
        ) : null}
        <SpendingCap
          usage={usage}
          overage={planOf(entitlement.plan).overage}
          outcome={single(cap)}
        />
      </div>
      <LiveUsage />
    </>
  );
}
