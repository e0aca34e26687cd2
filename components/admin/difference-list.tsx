import Link from "next/link";
import { Moment } from "@/components/admin/moment";
import { Row, RowList, rowLink } from "@/components/admin/row-list";
import { changesOf, words } from "@/components/admin/timeline-words";
import { Badge } from "@/components/ui/badge";
import type { Difference } from "@/lib/admin/reconcile";

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

export function DifferenceList({ rows }: { rows: readonly Difference[] }) {
  return (
    <RowList label="Differences, newest first">
      {rows.map(({ id, at, objectType, objectId, workspaceId, cause, repaired, before, after }) => (
        <Row
          key={id}
          title={`${words(objectType)}: ${words(cause).toLowerCase()}`}
          mark={
            <Badge variant={repaired ? "success" : "warning"}>
              {repaired ? "Repaired" : "Left alone"}
            </Badge>
          }
          about={
            <>
              <Moment value={at} />
              {workspaceId ? (
                <Link href={`/admin/customers/${workspaceId}`} className={rowLink}>
                  Customer
                </Link>
              ) : null}
              <span className="font-mono text-xs leading-5">{objectId}</span>
            </>
          }
        >
          <p className="text-sm wrap-anywhere text-muted-foreground">
            {changesOf({ objectId, before: asRecord(before), after: asRecord(after) })}
          </p>
        </Row>
      ))}
    </RowList>
  );
}
