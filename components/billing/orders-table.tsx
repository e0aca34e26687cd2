import { OrderStatus } from "@/components/billing/order-status";
import { Day } from "@/components/format/day";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatMoney } from "@/lib/billing/money";
import type { OrderSummary } from "@/lib/billing/orders";

/** An order that was paid has an invoice, or will have one in a moment. */
const hasInvoice = ({ status }: OrderSummary) => status !== "pending" && status !== "void";

function Invoice({ order }: { order: OrderSummary }) {
  if (!hasInvoice(order)) {
    return order.number ? <span className="text-muted-foreground">{order.number}</span> : null;
  }
  return (
    <a href={`/billing/invoices/${order.id}`} className="underline">
      {order.number ? `Invoice ${order.number}` : "Invoice"}
    </a>
  );
}

function Amount({ order }: { order: OrderSummary }) {
  return (
    <>
      {formatMoney(order.total, order.currency)}
      {order.fromCredit > 0 ? (
        <span className="block text-xs text-muted-foreground">
          {formatMoney(order.fromCredit, order.currency)} credit
        </span>
      ) : null}
      {order.refunded > 0 ? (
        <span className="block text-xs text-muted-foreground">
          {formatMoney(order.refunded, order.currency)} back
        </span>
      ) : null}
    </>
  );
}

export function OrdersTable({ orders }: { orders: readonly OrderSummary[] }) {
  return (
    <Table>
      <caption className="sr-only">Orders, newest first</caption>
      <thead>
        <TableRow>
          <TableHead className="hidden sm:table-cell">Date</TableHead>
          <TableHead>Order</TableHead>
          <TableHead>Status</TableHead>
          <TableHead className="text-right">Amount</TableHead>
        </TableRow>
      </thead>
      <tbody>
        {orders.map((order) => (
          <TableRow key={order.id}>
            <TableCell className="hidden whitespace-nowrap text-muted-foreground sm:table-cell">
              <Day value={order.createdAt} />
            </TableCell>
            <TableCell>
              <span className="block font-medium">{order.description}</span>
              <span className="block text-xs text-muted-foreground sm:hidden">
                <Day value={order.createdAt} />
              </span>
              <span className="block text-xs">
                <Invoice order={order} />
              </span>
            </TableCell>
            <TableCell>
              <OrderStatus status={order.status} />
            </TableCell>
            <TableCell className="text-right tabular-nums">
              <Amount order={order} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
