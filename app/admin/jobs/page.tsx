import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { Empty } from "@/components/admin/empty";
import { JobList } from "@/components/admin/job-list";
import { Pager } from "@/components/admin/pager";
import { Said } from "@/components/admin/said";
import { StateLinks } from "@/components/admin/state-links";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { countJobs, type JobState, jobStates, listJobs } from "@/lib/admin/jobs";

export const metadata: Metadata = { title: "Jobs" };

const labels: Record<JobState, string> = {
  queued: "Queued",
  running: "Running",
  failing: "Failing",
  given_up: "Given up",
};

export default async function JobsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin();
  const params = await searchParams;
  const state = jobStates.find((each) => each === single(params.state)) ?? "any";
  const after = /^\d{1,18}$/.exec(single(params.after) ?? "")?.[0] ?? null;
  const [{ rows, next }, counts] = await Promise.all([listJobs(state, after), countJobs()]);
  const links = [
    { href: "/admin/jobs", label: "All", count: null, isCurrent: state === "any" },
    ...jobStates.map((each) => ({
      href: `/admin/jobs?state=${each}`,
      label: labels[each],
      count: counts[each],
      isCurrent: state === each,
    })),
  ];
  return (
    <>
      <PageHeader title="Jobs">
        What is still to be done, and what was given up. A job that is done leaves the list.
      </PageHeader>
      <div className="space-y-6">
        <Said code={single(params.said)} />
        <StateLinks label="Jobs by state" links={links} />
        <Card>
          {rows.length > 0 ? <JobList rows={rows} /> : <Empty>There is no such job.</Empty>}
          <Pager
            path="/admin/jobs"
            keep={state === "any" ? {} : { state }}
            isFirst={after === null}
            next={next}
          />
        </Card>
      </div>
    </>
  );
}
