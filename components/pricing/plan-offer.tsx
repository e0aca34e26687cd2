import { Check } from "lucide-react";
import { planEnd } from "@/components/billing/plan-end";
import { formatDayShort } from "@/components/format/dates";
import { ByInterval } from "@/components/pricing/by-interval";
import { PlanButton } from "@/components/pricing/plan-button";
import { PlanPrice } from "@/components/pricing/plan-price";
import type { Pricing } from "@/components/pricing/types";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { currency, type Interval, type Plan } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";

type Props = { plan: Plan; pricing: Pricing; entitlement: Entitlement | null; next: string | null };

function Offer({ plan, pricing, entitlement, next, interval }: Props & { interval: Interval }) {
  const price = plan.products ? pricing[plan.products[interval]] : null;
  return (
    <div className="space-y-5">
      <PlanPrice
        amount={price?.amount ?? 0}
        currency={price?.currency ?? currency}
        per={price ? interval : null}
      />
      <PlanButton
        plan={plan}
        interval={interval}
        entitlement={entitlement}
        available={price?.available ?? true}
        next={next}
      />
    </div>
  );
}

export function PlanOffer(props: Props) {
  const { plan, entitlement } = props;
  const current = entitlement?.plan === plan.key;
  const end = entitlement && planEnd(entitlement);
  const trial = plan.trialDays > 0 && (entitlement === null || entitlement.status === "none");
  return (
    <Card className={cn("gap-6", trial && "border-brand ring-1 ring-brand")}>
      <CardHeader>
        <CardTitle className="flex min-h-6 items-center justify-between gap-2 text-lg">
          {plan.name}
          {current && end ? (
            <Badge variant="warning">Ends {formatDayShort(end)}</Badge>
          ) : current ? (
            <Badge variant="success">Your plan</Badge>
          ) : trial ? (
            <Badge variant="brand">{plan.trialDays} days free</Badge>
          ) : null}
        </CardTitle>
        <CardDescription>{plan.tagline}</CardDescription>
      </CardHeader>
      {plan.products ? (
        <ByInterval
          month={<Offer {...props} interval="month" />}
          year={<Offer {...props} interval="year" />}
        />
      ) : (
        <Offer {...props} interval="month" />
      )}
      <ul className="space-y-2.5 border-t pt-5 text-sm">
        {plan.highlights.map((highlight) => (
          <li key={highlight} className="flex gap-2.5">
            <Check className="mt-0.5 size-4 shrink-0 text-brand-foreground" aria-hidden="true" />
            {highlight}
          </li>
        ))}
      </ul>
    </Card>
  );
}
