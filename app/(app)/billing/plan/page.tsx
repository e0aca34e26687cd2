import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ComingChange } from "@/components/billing/coming-change";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { PlanChoice } from "@/components/billing/plan-choice";
import { productName } from "@/components/billing/product-name";
import { PageHeader } from "@/components/layout/page-header";
import { requireViewer } from "@/lib/auth";
import { getManaged, offersFor } from "@/lib/billing/changes/offers";
import { getEntitlement } from "@/lib/billing/entitlements";

export const metadata: Metadata = { title: "Change plan" };

export default async function ChangePlanPage() {
  const { workspaceId } = await requireViewer("/billing/plan");
  const [subscription, entitlement] = await Promise.all([
    getManaged(workspaceId),
    getEntitlement(workspaceId),
  ]);
  if (!subscription) redirect("/pricing");
  const offers = await offersFor(subscription);
  return (
    <>
      <PageHeader title="Change plan">
        You have {productName(subscription.product)}. What is more comes at once, what is less when
        the paid period is over.
      </PageHeader>
      <div className="space-y-6">
        <PaymentNotice entitlement={entitlement} />
        <ComingChange subscription={subscription} />
        {offers.map((offer) => (
          <PlanChoice key={offer.product.key} {...offer} seen={subscription.seen} />
        ))}
        {offers.length === 0 ? <p>The plan cannot be changed as it is now.</p> : null}
        <p className="text-sm text-muted-foreground">
          Use beyond your allowance is billed apart.{" "}
          <Link href="/billing" className="font-medium underline underline-offset-4">
            Back to billing
          </Link>
        </p>
      </div>
    </>
  );
}
