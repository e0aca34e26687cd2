import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { ActionList } from "@/components/admin/action-list";
import { Empty } from "@/components/admin/empty";
import { Pager } from "@/components/admin/pager";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { listActions } from "@/lib/admin/actions";
import { requireAdmin } from "@/lib/admin/gate";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin();
  const after = /^\d{1,15}$/.exec(single((await searchParams).after) ?? "")?.[0];
  const { rows, next } = await listActions(after === undefined ? null : Number(after));
  return (
    <>
      <PageHeader title="Audit">
        What admins did here. Nothing of it can be changed or taken away.
      </PageHeader>
      <Card>
        {rows.length > 0 ? (
          <ActionList rows={rows} />
        ) : (
          <Empty>No admin has done anything yet.</Empty>
        )}
        <Pager
          path="/admin/audit"
          isFirst={after === undefined}
          next={next === null ? null : String(next)}
        />
      </Card>
    </>
  );
}
