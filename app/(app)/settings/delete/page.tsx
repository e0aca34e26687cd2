import type { Metadata } from "next";
import Link from "next/link";
import { type SearchParams, single } from "@/app/search-params";
import { PageHeader } from "@/components/layout/page-header";
import { DeleteConsequences } from "@/components/settings/delete-consequences";
import { DeleteForm } from "@/components/settings/delete-form";
import { Card } from "@/components/ui/card";
import { requireViewer } from "@/lib/auth";
import { getManaged } from "@/lib/billing/changes/offers";

export const metadata: Metadata = { title: "Delete account" };

export default async function DeleteAccountPage({ searchParams }: { searchParams: SearchParams }) {
  const viewer = await requireViewer("/settings/delete");
  const { error } = await searchParams;
  const plan = await getManaged(viewer.workspaceId);
  return (
    <>
      <PageHeader title="Delete account" />
      <Card className="max-w-2xl">
        <DeleteConsequences hasPlan={plan !== null} />
        <p className="text-sm text-muted-foreground">
          You may want to{" "}
          <a
            href="/api/account/export"
            download
            className="font-medium text-foreground underline underline-offset-4"
          >
            download your data
          </a>{" "}
          first.
        </p>
        <DeleteForm email={viewer.email} error={single(error)} />
        <p className="text-sm">
          <Link href="/settings" className="font-medium underline underline-offset-4">
            Keep the account
          </Link>
        </p>
      </Card>
    </>
  );
}
