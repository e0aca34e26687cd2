import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { type SearchParams, single } from "@/app/search-params";
import { Outcome } from "@/components/checkout/outcome";
import { OutcomeLoading } from "@/components/checkout/outcome-loading";
import { requireViewer, type Viewer } from "@/lib/auth";
import { isOwnCheckout, viewCheckout } from "@/lib/billing/checkout-view";

export const metadata: Metadata = { title: "Checkout", referrer: "no-referrer" };

const path = "/checkout/success";

async function CheckedOutcome({ viewer, checkoutId }: { viewer: Viewer; checkoutId: string }) {
  return <Outcome view={await viewCheckout(viewer, checkoutId)} />;
}

export default async function CheckoutSuccessPage({
  searchParams,
}: {
  searchParams: SearchParams;
}) {
  const checkoutId = single((await searchParams).checkout_id) ?? "";
  const viewer = await requireViewer(
    checkoutId ? `${path}?checkout_id=${encodeURIComponent(checkoutId)}` : path,
  );
  if (!(await isOwnCheckout(viewer, checkoutId))) {
    const view = await viewCheckout(viewer, checkoutId);
    if (view.state === "unknown") notFound();
    return <Outcome view={view} />;
  }
  return (
    <Suspense fallback={<OutcomeLoading />}>
      <CheckedOutcome viewer={viewer} checkoutId={checkoutId} />
    </Suspense>
  );
}
