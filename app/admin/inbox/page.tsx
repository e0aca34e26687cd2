import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { Empty } from "@/components/admin/empty";
import { InboxFilterForm } from "@/components/admin/inbox-filter-form";
import { InboxList } from "@/components/admin/inbox-list";
import { Pager } from "@/components/admin/pager";
import { ReplayForm } from "@/components/admin/replay-form";
import { Said } from "@/components/admin/said";
import { formatCount } from "@/components/format/counts";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { countWaiting, listWebhooks } from "@/lib/admin/inbox";
import { type InboxFilter, readInboxFilter } from "@/lib/admin/inbox-filter";
import { readCursor } from "@/lib/admin/page-of";
import { handledEvents } from "@/lib/billing/sync/events";

export const metadata: Metadata = { title: "Inbox" };

const everything: InboxFilter = { status: "any", type: "", age: "week" };

export default async function InboxPage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin();
  const params = await searchParams;
  const asked = {
    status: single(params.status),
    type: single(params.type),
    age: single(params.age),
  };
  const filter = readInboxFilter(asked) ?? everything;
  const after = readCursor(single(params.after));
  const [{ rows, next }, waiting] = await Promise.all([
    listWebhooks(filter, after),
    countWaiting(),
  ]);
  return (
    <>
      <PageHeader title="Inbox">
        {formatCount(waiting.pending)} to be applied, {formatCount(waiting.failed)} given up.
      </PageHeader>
      <div className="space-y-6">
        <Said code={readInboxFilter(asked) ? single(params.said) : "no_filter"} />
        <Card>
          <InboxFilterForm filter={filter} types={handledEvents} />
          {filter.status === "failed" && rows.length > 0 ? (
            <div className="border-t pt-4">
              <ReplayForm
                label="Replay all of these"
                fields={{ type: filter.type, age: filter.age }}
              />
            </div>
          ) : null}
        </Card>
        <Card>
          {rows.length > 0 ? (
            <InboxList rows={rows} />
          ) : (
            <Empty>There is no webhook of this kind.</Empty>
          )}
          <Pager path="/admin/inbox" keep={filter} isFirst={after === null} next={next} />
        </Card>
      </div>
    </>
  );
}
