import Link from "next/link";
import { ErrorText } from "@/components/admin/error-text";
import { Moment } from "@/components/admin/moment";
import { Row, RowList, rowLink } from "@/components/admin/row-list";
import { WebhookStatus } from "@/components/admin/webhook-status";
import type { InboxRow } from "@/lib/admin/inbox";

export function InboxList({ rows }: { rows: readonly InboxRow[] }) {
  return (
    <RowList label="Webhooks, newest first">
      {rows.map(({ webhookId, type, status, attempts, receivedAt, lastError }) => (
        <Row
          key={webhookId}
          title={
            <Link href={`/admin/inbox/${encodeURIComponent(webhookId)}`} className={rowLink}>
              {type}
            </Link>
          }
          mark={<WebhookStatus status={status} />}
          about={
            <>
              <Moment value={receivedAt} />
              {attempts > 1 ? <span>{attempts} attempts</span> : null}
              <span className="font-mono text-xs leading-5">{webhookId}</span>
            </>
          }
        >
          {lastError ? <ErrorText text={lastError} /> : null}
        </Row>
      ))}
    </RowList>
  );
}
