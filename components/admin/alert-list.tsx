import { Moment } from "@/components/admin/moment";
import { Row, RowList } from "@/components/admin/row-list";
import { Badge } from "@/components/ui/badge";
import type { Alert } from "@/lib/alerts/announce";

export function AlertList({ rows }: { rows: readonly Alert[] }) {
  return (
    <RowList label="Alerts, newest first">
      {rows.map(({ id, key, severity, summary, openedAt, seenAt, resolvedAt }) => (
        <Row
          key={id}
          title={summary}
          mark={
            <Badge
              variant={resolvedAt ? "default" : severity === "critical" ? "destructive" : "warning"}
            >
              {severity === "critical" ? "Critical" : "Warning"}
            </Badge>
          }
          about={
            <>
              <span>
                Since <Moment value={openedAt} />
              </span>
              <span>
                {resolvedAt ? "Over since" : "Last seen on"} <Moment value={resolvedAt ?? seenAt} />
              </span>
              <code className="text-xs leading-5">{key}</code>
            </>
          }
        />
      ))}
    </RowList>
  );
}
