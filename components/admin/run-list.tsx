import Link from "next/link";
import { Row, RowList, rowLink } from "@/components/admin/row-list";
import { RunDifferences, RunProgress, RunState, RunTimes } from "@/components/admin/run-summary";
import { formatMoment } from "@/components/format/dates";
import type { RunReport } from "@/lib/admin/reconcile";

export function RunList({ runs }: { runs: readonly RunReport[] }) {
  return (
    <RowList label="Comparisons, newest first">
      {runs.map((run) => (
        <Row
          key={run.id}
          title={
            <Link href={`/admin/reconcile/${run.id}`} className={rowLink}>
              {run.mode === "rebuild" ? "Rebuilt" : "Compared"} on {formatMoment(run.startedAt)}
            </Link>
          }
          mark={<RunState state={run.state} />}
          about={<RunTimes run={run} />}
        >
          {run.state === "finished" ? null : <RunProgress run={run} />}
          <RunDifferences differences={run.differences} />
        </Row>
      ))}
    </RowList>
  );
}
