import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { type SearchParams, single } from "@/app/search-params";
import { Choice } from "@/components/checkout/choice";
import { requireViewer } from "@/lib/auth";
import { findProduct } from "@/lib/billing/catalog";
import { checkoutPath, nextPage } from "@/lib/billing/checkout-path";
import { getEntitlement } from "@/lib/billing/entitlements";
import { getPricing } from "@/lib/billing/pricing";

export const metadata: Metadata = { title: "Your choice" };

/** Between signing in and the checkout, which only a form's POST may begin. */
export default async function CheckoutStartPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const product = findProduct(single(params.product));
  if (!product) redirect("/pricing?error=unknown_product");
  const next = nextPage(params.next);
  const { workspaceId } = await requireViewer(checkoutPath(product.key, next));
  const [entitlement, pricing] = await Promise.all([getEntitlement(workspaceId), getPricing()]);
  if (product.plan && entitlement.subscriptionId) redirect("/billing?error=already_subscribed");
  return <Choice product={product} price={pricing[product.key]} next={next} />;
}
