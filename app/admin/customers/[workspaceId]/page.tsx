import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { type SearchParams, single } from "@/app/search-params";
import { CustomerFacts } from "@/components/admin/customer-facts";
import { CustomerMeters } from "@/components/admin/customer-meters";
import { CustomerOrders } from "@/components/admin/customer-orders";
import { CustomerSubscriptions } from "@/components/admin/customer-subscriptions";
import { Empty } from "@/components/admin/empty";
import { Pager } from "@/components/admin/pager";
import { Timeline } from "@/components/admin/timeline";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { readCustomer } from "@/lib/admin/customer";
import { requireAdmin } from "@/lib/admin/gate";
import { readCursor } from "@/lib/admin/page-of";
import { readTimeline } from "@/lib/admin/timeline";

export const metadata: Metadata = { title: "Customer" };

/** The timeline has them all. */
const latestOrders = 10;

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      {children}
    </Card>
  );
}

type Props = { params: Promise<{ workspaceId: string }>; searchParams: SearchParams };

export default async function CustomerPage({ params, searchParams }: Props) {
  await requireAdmin();
  const workspaceId = decodeURIComponent((await params).workspaceId);
  const after = readCursor(single((await searchParams).after));
  const [customer, timeline] = await Promise.all([
    readCustomer(workspaceId),
    readTimeline(workspaceId, after),
  ]);
  if (!customer) notFound();
  const { subscriptions, meters, orders } = customer;
  return (
    <>
      <PageHeader
        title={customer.user?.email ?? customer.polarCustomers[0]?.email ?? workspaceId}
      />
      <div className="space-y-6">
        {after === null ? (
          <>
            <CustomerFacts customer={customer} now={new Date()} />
            <Part title="Subscriptions">
              {subscriptions.length > 0 ? (
                <CustomerSubscriptions rows={subscriptions} />
              ) : (
                <Empty>There was never one.</Empty>
              )}
            </Part>
            {meters.length > 0 ? (
              <Part title="Meters at Polar">
                <CustomerMeters rows={meters} />
              </Part>
            ) : null}
            <Part title="Orders">
              {orders.length > 0 ? (
                <CustomerOrders rows={orders.slice(0, latestOrders)} />
              ) : (
                <Empty>There was never one.</Empty>
              )}
            </Part>
          </>
        ) : null}
        <Part title="Timeline">
          {timeline.rows.length > 0 ? (
            <Timeline entries={timeline.rows} />
          ) : (
            <Empty>Nothing has happened yet.</Empty>
          )}
          <Pager
            path={`/admin/customers/${encodeURIComponent(workspaceId)}`}
            isFirst={after === null}
            next={timeline.next}
          />
        </Part>
      </div>
    </>
  );
}
