import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { CustomerList } from "@/components/admin/customer-list";
import { Empty } from "@/components/admin/empty";
import { Pager } from "@/components/admin/pager";
import { SearchForm } from "@/components/admin/search-form";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { searchCustomers } from "@/lib/admin/customers";
import { requireAdmin } from "@/lib/admin/gate";
import { readCursor } from "@/lib/admin/page-of";

export const metadata: Metadata = { title: "Customers" };

export default async function CustomersPage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin();
  const params = await searchParams;
  const text = (single(params.q) ?? "").trim().slice(0, 200).replaceAll("\0", "");
  const after = readCursor(single(params.after));
  const { rows, next } = await searchCustomers(text, after);
  return (
    <>
      <PageHeader title="Customers" />
      <div className="space-y-6">
        <Card>
          <SearchForm text={text} />
        </Card>
        <Card>
          {rows.length > 0 ? (
            <CustomerList rows={rows} />
          ) : (
            <Empty>
              {text
                ? "Nobody was found. An id must be whole; of an address or a name the beginning is enough."
                : "Nobody has signed in yet."}
            </Empty>
          )}
          <Pager
            path="/admin/customers"
            keep={text ? { q: text } : {}}
            isFirst={after === null}
            next={next}
          />
        </Card>
      </div>
    </>
  );
}
