import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { daysOf } from "@/components/usage/days";
import { OverageNotice } from "@/components/usage/overage-notice";
import { Period } from "@/components/usage/period";
import { PolarAge } from "@/components/usage/polar-age";
import { SpendingCap } from "@/components/usage/spending-cap";
import { UsageChart } from "@/components/usage/usage-chart";
import { UsageDaysTable } from "@/components/usage/usage-days-table";
import { UsageEmpty } from "@/components/usage/usage-empty";
import { UsageMeter } from "@/components/usage/usage-meter";
import { UsageTerms } from "@/components/usage/usage-terms";
import { requireViewer } from "@/lib/auth";
import { unitName } from "@/lib/billing/catalog";
import { getEntitlement } from "@/lib/billing/entitlements";
import { getUsage } from "@/lib/usage";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: { searchParams: SearchParams }) {
  const { workspaceId } = await requireViewer("/usage");
  const [{ cap }, entitlement, usage] = await Promise.all([
    searchParams,
    getEntitlement(workspaceId),
    getUsage(workspaceId),
  ]);
  const days = daysOf(usage);
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
          <UsageTerms usage={usage} entitlement={entitlement} />
          {usage.hardLimit ? null : <PolarAge readAt={usage.polarReadAt} />}
        </Card>
        <SpendingCap usage={usage} overage={entitlement.overage} outcome={single(cap)} />
        <Card>
          <CardHeader>
            <CardTitle>By day</CardTitle>
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
      </div>
    </>
  );
}
