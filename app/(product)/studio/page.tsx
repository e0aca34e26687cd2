import type { Metadata } from "next";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { requireFeature } from "@/lib/billing/entitlements";
import { Studio } from "../_qr/studio";

export const metadata: Metadata = { title: "Studio" };

export default async function StudioPage() {
  const { entitlement } = await requireFeature("custom_qr", "/studio");
  return (
    <>
      <PageHeader title="Studio">SVG files for print, in your own colors.</PageHeader>
      <div className="space-y-6">
        <PaymentNotice entitlement={entitlement} />
        <Card>
          <Studio />
        </Card>
      </div>
    </>
  );
}
