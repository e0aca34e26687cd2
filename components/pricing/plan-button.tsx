import Link from "next/link";
import { BuyForm } from "@/components/billing/buy-form";
import { formatDayShort } from "@/components/format/dates";
import { planAction } from "@/components/pricing/plan-action";
import { Button } from "@/components/ui/button";
import type { Interval, Plan } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";

type Props = {
  plan: Plan;
  interval: Interval;
  entitlement: Entitlement | null;
  available: boolean;
  next: string | null;
};

export function PlanButton({ plan, interval, entitlement, available, next }: Props) {
  const action = planAction(plan, interval, entitlement, next);
  const variant = plan.trialDays > 0 ? "default" : "outline";
  const verb = plan.products
    ? plan.trialDays > 0
      ? `Start ${plan.trialDays}-day trial`
      : `Get ${plan.name}`
    : "Start free";
  const hidden = verb.includes(plan.name) ? null : <span className="sr-only"> of {plan.name}</span>;

  if (action.kind === "current") {
    return (
      <Button asChild variant="secondary" className="w-full">
        <Link href="/billing">
          Current plan<span className="sr-only">: {plan.name}, open billing</span>
        </Link>
      </Button>
    );
  }
  if (action.kind === "follows") {
    return (
      <Button asChild variant="secondary" className="w-full">
        <Link href="/billing">
          Yours from {formatDayShort(action.from)}
          <span className="sr-only">: {plan.name}, open billing</span>
        </Link>
      </Button>
    );
  }
  if (action.kind === "change" || action.kind === "cancel") {
    return (
      <Button asChild variant="outline" className="w-full">
        <Link href={action.kind === "change" ? "/billing/plan" : "/billing#cancel"}>
          {action.kind === "change" ? "Change plan" : "Cancel in billing"}
          <span className="sr-only">: {plan.name}</span>
        </Link>
      </Button>
    );
  }
  if (action.kind === "buy") {
    return (
      <BuyForm
        product={action.product}
        available={available}
        next={next}
        variant={variant}
        className="w-full"
      >
        <span>
          {verb}
          {hidden}
        </span>
      </BuyForm>
    );
  }
  return (
    <Button asChild variant={variant} className="w-full">
      <Link href={action.href}>
        <span>
          {verb}
          {plan.products ? hidden : null}
        </span>
      </Link>
    </Button>
  );
}
