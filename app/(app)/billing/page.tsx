import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { DoneNotice } from "@/components/billing/done-notice";
import { ErrorNotice } from "@/components/billing/error-notice";
import { OrdersTable } from "@/components/billing/orders-table";
import { PackCard } from "@/components/billing/pack-card";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { RefreshForm } from "@/components/billing/refresh-form";
import { SubscriptionCard } from "@/components/billing/subscription-card";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { requireViewer } from "@/lib/auth";
import { packs } from "@/lib/billing/catalog";
import { getManaged } from "@/lib/billing/changes/offers";
import { getEntitlement } from "@/lib/billing/entitlements";
import { listOrders } from "@/lib/billing/orders";
import { getPricing } from "@/lib/billing/pricing";
import { lastRefreshed } from "@/lib/billing/reconcile/refresh";

export const metadata: Metadata = { title: "Billing" };

export default async function BillingPage({ searchParams }: { searchParams: SearchParams }) {
  const { workspaceId } = await requireViewer("/billing");
  const [{ done, error }, entitlement, subscription, orders, pricing, refreshedAt] =
    await Promise.all([
      searchParams,
      getEntitlement(workspaceId),
      getManaged(workspaceId),
      listOrders(workspaceId),
      getPricing(),
      lastRefreshed(workspaceId),
    ]);
  return (
    <>
      <PageHeader title="Billing" />
      <div className="space-y-6">
        <DoneNotice code={single(done)} />
        <ErrorNotice code={single(error)} />
        <PaymentNotice entitlement={entitlement} />
        <SubscriptionCard entitlement={entitlement} subscription={subscription} />
        {packs.map((pack) => (
          <PackCard key={pack.product} pack={pack} price={pricing[pack.product]} signedIn />
        ))}
        <Card>
          <CardHeader>
            <CardTitle>Orders</CardTitle>
          </CardHeader>
          {orders.length > 0 ? (
            <OrdersTable orders={orders} />
          ) : (
            <p className="text-sm text-muted-foreground">
              No orders yet. What you buy is listed here, with its invoice.
            </p>
          )}
          <RefreshForm refreshedAt={refreshedAt} />
        </Card>
      </div>
    </>
  );
}
