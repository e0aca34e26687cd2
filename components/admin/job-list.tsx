import { RotateCw } from "lucide-react";
import Link from "next/link";
import { ErrorText } from "@/components/admin/error-text";
import { Moment } from "@/components/admin/moment";
import { Row, RowList, rowLink } from "@/components/admin/row-list";
import { Badge, type BadgeVariant } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { JobDoing } from "@/lib/admin/job-actions";
import type { Job } from "@/lib/admin/jobs";

const marks: Record<Job["state"], { label: string; variant: BadgeVariant }> = {
  queued: { label: "Queued", variant: "default" },
  running: { label: "Running", variant: "brand" },
  failing: { label: "Failing", variant: "warning" },
  given_up: { label: "Given up", variant: "destructive" },
};

function When({ state, runAt, lockedAt, createdAt }: Job) {
  if (state === "running" && lockedAt)
    return (
      <span>
        Since <Moment value={lockedAt} />
      </span>
    );
  if (state === "given_up")
    return (
      <span>
        Asked for on <Moment value={createdAt} />
      </span>
    );
  return (
    <span>
      {state === "failing" ? "Again on" : "Due on"} <Moment value={runAt} />
    </span>
  );
}

function JobForm({ job, action }: { job: Job; action: JobDoing }) {
  const isDeletion = action === "delete";
  return (
    <form action="/api/admin/jobs" method="post">
      <input type="hidden" name="id" value={job.id} />
      <input type="hidden" name="action" value={action} />
      <Button type="submit" variant={isDeletion ? "destructive" : "outline"} size="sm">
        {isDeletion ? null : <RotateCw aria-hidden="true" />}
        {isDeletion ? "Delete for good" : "Run again"}
        <span className="sr-only">
          : {job.task}, job {job.id}
        </span>
      </Button>
    </form>
  );
}

function Settle({ job }: { job: Job }) {
  return (
    <div className="flex flex-wrap items-start gap-3 pt-1.5">
      <JobForm job={job} action="run_again" />
      <details className="group space-y-3">
        <summary className="inline-flex h-9 items-center rounded-md px-3 text-sm font-medium text-muted-foreground hover:bg-accent">
          Delete
        </summary>
        <p className="max-w-prose text-sm text-muted-foreground">
          What it was to do is then not done.
        </p>
        <JobForm job={job} action="delete" />
      </details>
    </div>
  );
}

export function JobList({ rows }: { rows: readonly Job[] }) {
  return (
    <RowList label="Jobs, newest first">
      {rows.map((job) => (
        <Row
          key={job.id}
          title={<span className="font-mono">{job.task}</span>}
          mark={<Badge variant={marks[job.state].variant}>{marks[job.state].label}</Badge>}
          about={
            <>
              <When {...job} />
              {job.attempts > 0 ? (
                <span>
                  {job.attempts} of {job.maxAttempts} attempts
                </span>
              ) : null}
              {job.workspaceId ? (
                <Link href={`/admin/customers/${job.workspaceId}`} className={rowLink}>
                  Customer
                </Link>
              ) : null}
              {job.about ? (
                <span>
                  {job.about.name} <code className="text-xs">{job.about.id}</code>
                </span>
              ) : null}
            </>
          }
        >
          {job.lastError ? <ErrorText text={job.lastError} /> : null}
          {job.state === "given_up" ? <Settle job={job} /> : null}
        </Row>
      ))}
    </RowList>
  );
}
