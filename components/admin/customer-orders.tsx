import { Moment } from "@/components/admin/moment";
import { Row, RowList } from "@/components/admin/row-list";
import { OrderStatus } from "@/components/billing/order-status";
import { formatMoney } from "@/lib/billing/money";
import type { OrderSummary } from "@/lib/billing/orders";

export function CustomerOrders({ rows }: { rows: readonly OrderSummary[] }) {
  return (
    <RowList label="Orders, newest first">
      {rows.map(({ id, description, total, refunded, currency, status, number, createdAt }) => (
        <Row
          key={id}
          title={`${description}: ${formatMoney(total, currency)}`}
          mark={<OrderStatus status={status} />}
          about={
            <>
              <Moment value={createdAt} />
              {refunded > 0 ? <span>{formatMoney(refunded, currency)} back</span> : null}
              {number ? <span>{number}</span> : null}
              <span className="font-mono text-xs leading-5">{id}</span>
            </>
          }
        />
      ))}
    </RowList>
  );
}
