import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { type SearchParams, single } from "@/app/search-params";
import { Empty } from "@/components/admin/empty";
import { ErrorText } from "@/components/admin/error-text";
import { Facts } from "@/components/admin/facts";
import { Moment } from "@/components/admin/moment";
import { Payload } from "@/components/admin/payload";
import { ReplayForm } from "@/components/admin/replay-form";
import { Said } from "@/components/admin/said";
import { WebhookStatus } from "@/components/admin/webhook-status";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { requireAdmin } from "@/lib/admin/gate";
import { showPayload } from "@/lib/admin/payload";
import { findWebhook } from "@/lib/billing/webhooks/inbox";
import { scrub } from "@/lib/observability/scrub";

export const metadata: Metadata = { title: "Webhook" };

type Props = { params: Promise<{ webhookId: string }>; searchParams: SearchParams };

export default async function WebhookPage({ params, searchParams }: Props) {
  await requireAdmin();
  const id = decodeURIComponent((await params).webhookId);
  const [webhook, { said }] = await Promise.all([findWebhook(id), searchParams]);
  if (!webhook) notFound();
  const { body, status, lastError } = webhook;
  const canBeReplayed = status === "failed" && body !== null;
  return (
    <>
      <PageHeader
        title={webhook.type}
        actions={canBeReplayed ? <ReplayForm label="Replay" fields={{ id }} /> : null}
      />
      <div className="space-y-6">
        <Said code={single(said)} />
        <Card>
          <Facts
            facts={{
              Status: <WebhookStatus status={status} />,
              Received: <Moment value={webhook.receivedAt} />,
              Settled: webhook.settledAt ? <Moment value={webhook.settledAt} /> : null,
              Attempts: webhook.attempts,
              "Next attempt":
                status === "pending" ? <Moment value={webhook.nextAttemptAt} /> : null,
              "Webhook id": <code>{id}</code>,
              "Object id": webhook.objectId ? <code>{webhook.objectId}</code> : null,
              "Polar customer": webhook.customerId ? <code>{webhook.customerId}</code> : null,
              "Request id": webhook.requestId ? <code>{webhook.requestId}</code> : null,
            }}
          />
          {lastError ? <ErrorText text={scrub(lastError)} /> : null}
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Payload</CardTitle>
          </CardHeader>
          {body === null ? (
            <Empty>It was emptied, for its age or because the account is deleted.</Empty>
          ) : (
            <Payload {...showPayload(body)} id={id} />
          )}
        </Card>
      </div>
    </>
  );
}
