import { Moment } from "@/components/admin/moment";
import { Row, RowList } from "@/components/admin/row-list";
import { SubscriptionStatus } from "@/components/admin/subscription-status";
import { productName } from "@/components/billing/product-name";
import type { CustomerSubscription } from "@/lib/admin/customer";
import { formatMoney } from "@/lib/billing/money";

function When({ name, value }: { name: string; value: string | null }) {
  return value ? (
    <span>
      {name} <Moment value={new Date(value)} />
    </span>
  ) : null;
}

export function CustomerSubscriptions({ rows }: { rows: readonly CustomerSubscription[] }) {
  return (
    <RowList label="Subscriptions, newest first">
      {rows.map((row) => (
        <Row
          key={row.id}
          title={`${productName(row.productKey)}: ${formatMoney(row.amount, row.currency)} a ${row.interval}`}
          mark={<SubscriptionStatus status={row.status} />}
          about={
            <>
              <When name="Started" value={row.startedAt} />
              {row.endedAt ? null : <When name="Period ends" value={row.currentPeriodEnd} />}
              <When name="Past due since" value={row.pastDueAt} />
              {row.endedAt ? null : <When name="Will end" value={row.endsAt} />}
              <When name="Ended" value={row.endedAt} />
              <span className="font-mono text-xs leading-5">{row.id}</span>
            </>
          }
        />
      ))}
    </RowList>
  );
}
