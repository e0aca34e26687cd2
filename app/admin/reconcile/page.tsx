import { GitCompareArrows } from "lucide-react";
import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { Empty } from "@/components/admin/empty";
import { RunList } from "@/components/admin/run-list";
import { Said } from "@/components/admin/said";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LiveUsage } from "@/components/usage/live-usage";
import { requireAdmin } from "@/lib/admin/gate";
import { isReconcileDue, listRuns } from "@/lib/admin/reconcile";

export const metadata: Metadata = { title: "Reconcile" };

function StartForm() {
  return (
    <form action="/api/admin/reconcile" method="post">
      <Button type="submit" variant="outline">
        <GitCompareArrows aria-hidden="true" />
        Compare now
      </Button>
    </form>
  );
}

export default async function ReconcilePage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin();
  const [runs, isDue, { said }] = await Promise.all([listRuns(), isReconcileDue(), searchParams]);
  return (
    <>
      <PageHeader title="Reconcile" actions={isDue ? null : <StartForm />}>
        Everything is compared with Polar every hour, and repaired.
      </PageHeader>
      <div className="space-y-6">
        <Said code={single(said)} />
        <Card>
          {runs.length > 0 ? (
            <RunList runs={runs} />
          ) : (
            <Empty>{isDue ? "The first comparison begins." : "There was no comparison yet."}</Empty>
          )}
        </Card>
      </div>
      <LiveUsage everyMs={isDue ? 2_000 : 10_000} />
    </>
  );
}
