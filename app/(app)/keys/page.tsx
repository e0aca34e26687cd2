import type { Metadata } from "next";
import Link from "next/link";
import { type SearchParams, single } from "@/app/search-params";
import { CreateKeyForm } from "@/components/keys/create-key-form";
import { KeyList } from "@/components/keys/key-list";
import { PageHeader } from "@/components/layout/page-header";
import { Alert } from "@/components/ui/alert";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { listApiKeys } from "@/lib/api-keys";
import { requireViewer } from "@/lib/auth";

export const metadata: Metadata = { title: "API keys" };

const notices: Record<string, { variant: "success" | "destructive"; text: string }> = {
  revoked: { variant: "success", text: "The key was revoked. It works no longer." },
  unknown: { variant: "destructive", text: "There is no such key." },
  failed: { variant: "destructive", text: "That did not work. Please try again in a moment." },
};

export default async function KeysPage({ searchParams }: { searchParams: SearchParams }) {
  const { workspaceId } = await requireViewer("/keys");
  const [keys, params] = await Promise.all([listApiKeys(workspaceId), searchParams]);
  const notice = notices[single(params.said) ?? ""];
  return (
    <>
      <PageHeader title="API keys" />
      <div className="space-y-6">
        {notice ? <Alert variant={notice.variant}>{notice.text}</Alert> : null}
        <Card>
          <CardHeader>
            <CardTitle>New key</CardTitle>
            <CardDescription>
              For your own programs. The{" "}
              <Link href="/api-reference" className="font-medium underline underline-offset-4">
                API reference
              </Link>{" "}
              says how to use it.
            </CardDescription>
          </CardHeader>
          <CreateKeyForm />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Your keys</CardTitle>
          </CardHeader>
          <KeyList keys={keys} now={new Date()} />
        </Card>
      </div>
    </>
  );
}
