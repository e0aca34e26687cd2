import Link from "next/link";
import { Moment } from "@/components/admin/moment";
import { Row, RowList, rowLink } from "@/components/admin/row-list";
import { SubscriptionStatus } from "@/components/admin/subscription-status";
import { productName } from "@/components/billing/product-name";
import { Badge } from "@/components/ui/badge";
import type { CustomerRow } from "@/lib/admin/customers";

function Mark({ isDeleted, subscription }: CustomerRow) {
  if (isDeleted) return <Badge>Deleted</Badge>;
  return subscription ? <SubscriptionStatus status={subscription.status} /> : <Badge>Free</Badge>;
}

export function CustomerList({ rows }: { rows: readonly CustomerRow[] }) {
  return (
    <RowList label="Customers, newest first">
      {rows.map((row) => (
        <Row
          key={row.workspaceId}
          title={
            <Link
              href={`/admin/customers/${encodeURIComponent(row.workspaceId)}`}
              className={rowLink}
            >
              {row.email ?? row.workspaceId}
            </Link>
          }
          mark={<Mark {...row} />}
          about={
            <>
              {row.name ? <span>{row.name}</span> : null}
              {row.subscription ? <span>{productName(row.subscription.product)}</span> : null}
              <Moment value={row.since} />
            </>
          }
        />
      ))}
    </RowList>
  );
}
