import type { Metadata } from "next";
import { type SearchParams, single } from "@/app/search-params";
import { Checklist } from "@/components/admin/checklist";
import { Said } from "@/components/admin/said";
import { PageHeader } from "@/components/layout/page-header";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { examine } from "@/lib/doctor/examine";

export const metadata: Metadata = { title: "Doctor" };

export default async function DoctorPage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin();
  const [{ mayGoLive, lines }, { said }] = await Promise.all([examine(), searchParams]);
  const open = lines.filter(({ verdict }) => verdict === "fail" || verdict === "ask").length;
  return (
    <>
      <PageHeader title="Doctor">
        The production checklist, looked at just now. <code>npm run doctor</code> says the same.
      </PageHeader>
      <div className="space-y-6">
        <Said code={single(said)} />
        {mayGoLive ? (
          <Alert variant="success" title="You may go live" />
        ) : (
          <Alert variant="warning" title="Do not go live yet">
            <p>
              {open} of {lines.length} lines {open === 1 ? "is" : "are"} open.
            </p>
          </Alert>
        )}
        <Card>
          <Checklist lines={lines} />
        </Card>
      </div>
    </>
  );
}
