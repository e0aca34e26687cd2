import type { Metadata } from "next";
import { Panel } from "@/app/(product)/panel";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { PlanCard } from "@/components/billing/plan-card";
import { PageHeader } from "@/components/layout/page-header";
import { UsageCard } from "@/components/usage/usage-card";
import { requireViewer } from "@/lib/auth";
import { getEntitlement } from "@/lib/billing/entitlements";
import { getUsage } from "@/lib/usage";

export const metadata: Metadata = { title: "Dashboard" };

export default async function DashboardPage() {
  const { workspaceId } = await requireViewer("/dashboard");
  const [entitlement, usage] = await Promise.all([
    getEntitlement(workspaceId),
    getUsage(workspaceId),
  ]);
  return (
    <>
      <PageHeader title="Dashboard" />
      <div className="space-y-6">
        <PaymentNotice entitlement={entitlement} />
        <Panel features={entitlement.features} />
        <div className="grid gap-6 md:grid-cols-2">
          <UsageCard usage={usage} />
          <PlanCard entitlement={entitlement} />
        </div>
      </div>
    </>
  );
}
