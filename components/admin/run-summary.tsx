import { Moment } from "@/components/admin/moment";
import { words } from "@/components/admin/timeline-words";
import { formatCount } from "@/components/format/counts";
import { Badge, type BadgeVariant } from "@/components/ui/badge";
import type { RunReport } from "@/lib/admin/reconcile";
import { causeWords } from "@/lib/billing/reconcile/words";

const marks: Record<RunReport["state"], { label: string; variant: BadgeVariant }> = {
  finished: { label: "Finished", variant: "success" },
  running: { label: "Running", variant: "brand" },
  stopped: { label: "Stopped", variant: "warning" },
};

export function RunState({ state }: Pick<RunReport, "state">) {
  return <Badge variant={marks[state].variant}>{marks[state].label}</Badge>;
}

export function RunTimes({ run }: { run: RunReport }) {
  return (
    <>
      <span>{formatCount(run.compared)} objects compared</span>
      {run.finishedAt ? (
        <span>
          Finished on <Moment value={run.finishedAt} />
        </span>
      ) : null}
    </>
  );
}

/** How far a run has come that is not over. */
export function RunProgress({ run: { done, steps, step, page } }: { run: RunReport }) {
  return (
    <div className="space-y-1.5">
      <progress
        value={done}
        max={steps}
        aria-label="Steps that are done"
        className="h-2 w-full overflow-hidden rounded-full bg-muted [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:bg-brand"
      />
      <p className="text-sm text-muted-foreground">
        Step {done + 1} of {steps}: {words(step)}, page {page}
      </p>
    </div>
  );
}

export function RunDifferences({ differences }: Pick<RunReport, "differences">) {
  if (differences.length === 0)
    return <p className="text-sm text-muted-foreground">No difference.</p>;
  return (
    <ul className="space-y-1 text-sm">
      {differences.map(({ cause, count, repaired }) => (
        <li key={cause}>
          <span className="font-medium tabular-nums">{formatCount(count)}</span> {words(cause)}
          <span className="text-muted-foreground">
            : {causeWords[cause]}. {formatCount(repaired)} repaired.
          </span>
        </li>
      ))}
    </ul>
  );
}
