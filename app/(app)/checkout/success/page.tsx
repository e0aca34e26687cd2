import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { type SearchParams, single } from "@/app/search-params";
import { Outcome } from "@/components/checkout/outcome";
import { OutcomeLoading } from "@/components/checkout/outcome-loading";
import { requireViewer, type Viewer } from "@/lib/auth";
import { nextPage } from "@/lib/billing/checkout-path";
import { isOwnCheckout, viewCheckout } from "@/lib/billing/checkout-view";

export const metadata: Metadata = { title: "Checkout", referrer: "no-referrer" };

const path = "/checkout/success";

type Checkout = { viewer: Viewer; checkoutId: string; next: string | null };

async function CheckedOutcome({ viewer, checkoutId, next }: Checkout) {
  return <Outcome view={await viewCheckout(viewer, checkoutId)} next={next} />;
}

export default async function CheckoutSuccessPage({
  searchParams,
}: {
  searchParams: SearchParams;
}) {
  const params = await searchParams;
  const checkoutId = single(params.checkout_id) ?? "";
  const next = nextPage(params.next);
  const viewer = await requireViewer(
    checkoutId
      ? `${path}?${new URLSearchParams({ checkout_id: checkoutId, ...(next ? { next } : {}) })}`
      : path,
  );
  if (!(await isOwnCheckout(viewer, checkoutId))) {
    const view = await viewCheckout(viewer, checkoutId);
    if (view.state === "unknown") notFound();
    return <Outcome view={view} next={next} />;
  }
  return (
    <Suspense fallback={<OutcomeLoading />}>
      <CheckedOutcome viewer={viewer} checkoutId={checkoutId} next={next} />
    </Suspense>
  );
}
