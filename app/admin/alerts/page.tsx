import type { Metadata } from "next";
import { AlertList } from "@/components/admin/alert-list";
import { Empty } from "@/components/admin/empty";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { listAlerts } from "@/lib/alerts/list";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage() {
  await requireAdmin();
  const alerts = await listAlerts();
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const over = alerts.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <>
      <PageHeader title="Alerts">
        What is wrong is looked for every five minutes. What is over is kept for 90 days.
      </PageHeader>
      <div className="space-y-6">
        <Card>
          <CardHeader>
            <CardTitle>Open</CardTitle>
          </CardHeader>
          {open.length > 0 ? <AlertList rows={open} /> : <Empty>All is well.</Empty>}
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Over</CardTitle>
          </CardHeader>
          {over.length > 0 ? <AlertList rows={over} /> : <Empty>There was none lately.</Empty>}
        </Card>
      </div>
    </>
  );
}
