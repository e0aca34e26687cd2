import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DifferenceList } from "@/components/admin/difference-list";
import { Empty } from "@/components/admin/empty";
import { RunDifferences, RunProgress, RunState, RunTimes } from "@/components/admin/run-summary";
import { formatMoment } from "@/components/format/dates";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { readRun } from "@/lib/admin/reconcile";

export const metadata: Metadata = { title: "Comparison" };

export default async function RunPage({ params }: { params: Promise<{ runId: string }> }) {
  await requireAdmin();
  const found = await readRun((await params).runId);
  if (!found) notFound();
  const { run, differences } = found;
  return (
    <>
      <PageHeader
        title={`Comparison of ${formatMoment(run.startedAt)}`}
        actions={<RunState state={run.state} />}
      />
      <div className="space-y-6">
        <Card>
          <div className="flex flex-wrap gap-x-4 text-sm text-muted-foreground">
            <RunTimes run={run} />
          </div>
          {run.state === "finished" ? null : <RunProgress run={run} />}
          <RunDifferences differences={run.differences} />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Differences</CardTitle>
            <CardDescription>The latest hundred.</CardDescription>
          </CardHeader>
          {differences.length > 0 ? (
            <DifferenceList rows={differences} />
          ) : (
            <Empty>Nothing differed.</Empty>
          )}
        </Card>
      </div>
    </>
  );
}
