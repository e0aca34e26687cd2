import type { Metadata } from "next";
import { cookies } from "next/headers";
import { type SearchParams, single } from "@/app/search-params";
import { ErrorNotice } from "@/components/billing/error-notice";
import { PackCard } from "@/components/billing/pack-card";
import { PaymentNotice } from "@/components/billing/payment-notice";
import { PublicShell } from "@/components/layout/public-shell";
import { Questions } from "@/components/marketing/questions";
import { CompareTable } from "@/components/pricing/compare-table";
import { DiscountNotice } from "@/components/pricing/discount-notice";
import { FeatureNotice } from "@/components/pricing/feature-notice";
import { IntervalSwitch } from "@/components/pricing/interval-switch";
import { PlanOffer } from "@/components/pricing/plan-offer";
import { pricingQuestions } from "@/components/pricing/questions";
import { yearlySaving } from "@/components/pricing/saving";
import { getViewer } from "@/lib/auth";
import { packs, plans } from "@/lib/billing/catalog";
import { nextPage } from "@/lib/billing/checkout-path";
import { discountCodeCookie, readDiscountCode } from "@/lib/billing/discount-code";
import { getEntitlement } from "@/lib/billing/entitlements";
import { getPricing } from "@/lib/billing/pricing";

export const metadata: Metadata = {
  title: "Pricing",
  description: "Free to start, a trial without risk, and a price you can work out in your head.",
};

export default async function PricingPage({ searchParams }: { searchParams: SearchParams }) {
  const [params, viewer, pricing] = await Promise.all([searchParams, getViewer(), getPricing()]);
  const entitlement = viewer ? await getEntitlement(viewer.workspaceId) : null;
  const kept = (await cookies()).get(discountCodeCookie)?.value;
  const code = readDiscountCode(single(params.code) ?? kept);
  const yearly = params.interval === "year" || entitlement?.interval === "year";
  return (
    <PublicShell signedIn={viewer !== null}>
      <div className="mx-auto w-full max-w-6xl space-y-20 px-4 py-14 sm:px-6 sm:py-20">
        <div className="group/interval space-y-8">
          <div className="mx-auto max-w-2xl space-y-4 text-center">
            <h1 className="text-3xl font-semibold tracking-[-0.025em] sm:text-4xl">Pricing</h1>
            <p className="text-lg text-muted-foreground">
              Start free. Pay when you need more, and only for as long as you do.
            </p>
          </div>
          <div className="mx-auto max-w-2xl space-y-4 empty:hidden">
            <ErrorNotice code={single(params.error)} />
            {entitlement ? <PaymentNotice entitlement={entitlement} /> : null}
            <DiscountNotice code={code} />
            <FeatureNotice feature={single(params.feature)} />
          </div>
          <IntervalSwitch initial={yearly ? "year" : "month"} saving={yearlySaving(pricing)} />
          <div className="grid gap-6 lg:grid-cols-3">
            {plans.map((plan) => (
              <PlanOffer
                key={plan.key}
                plan={plan}
                pricing={pricing}
                entitlement={entitlement}
                next={nextPage(params.next)}
              />
            ))}
          </div>
          {packs.map((pack) => (
            <PackCard
              key={pack.product}
              pack={pack}
              price={pricing[pack.product]}
              signedIn={viewer !== null}
            />
          ))}
          <p className="text-center text-sm text-muted-foreground">
            Prices in US dollars; tax is added at checkout where it applies.
          </p>
        </div>
        <section className="space-y-6">
          <h2 className="text-2xl font-semibold">Compare plans</h2>
          <CompareTable />
        </section>
        <section className="space-y-6">
          <h2 className="text-2xl font-semibold">Questions</h2>
          <Questions items={pricingQuestions} />
        </section>
      </div>
    </PublicShell>
  );
}
