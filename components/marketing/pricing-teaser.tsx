import Link from "next/link";
import type { Pricing } from "@/components/pricing/types";
import { Button } from "@/components/ui/button";
import { currency, plans } from "@/lib/billing/catalog";
import { formatMoney } from "@/lib/billing/money";

export function PricingTeaser({ pricing }: { pricing: Pricing }) {
  return (
    <div className="space-y-8">
      <ul className="divide-y border-y">
        {plans.map((plan) => {
          const price = plan.products ? pricing[plan.products.month] : null;
          return (
            <li
              key={plan.key}
              className="grid gap-x-6 gap-y-1 py-5 sm:grid-cols-[10rem_minmax(0,1fr)_auto] sm:items-baseline"
            >
              <h3 className="text-lg font-semibold">{plan.name}</h3>
              <p className="text-muted-foreground">{plan.highlights.join(" · ")}</p>
              <p className="tabular-nums">
                <span className="text-lg font-semibold">
                  {formatMoney(price?.amount ?? 0, price?.currency ?? currency)}
                </span>
                {price ? <span className="text-sm text-muted-foreground"> per month</span> : null}
              </p>
            </li>
          );
        })}
      </ul>
      <Button asChild variant="outline">
        <Link href="/pricing">Compare plans</Link>
      </Button>
    </div>
  );
}
