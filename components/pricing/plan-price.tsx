import { formatMoney } from "@/lib/billing/money";

type Props = { amount: number; currency: string; per: string | null };

export function PlanPrice({ amount, currency, per }: Props) {
  return (
    <p className="flex items-baseline gap-2">
      <span className="text-4xl font-semibold tracking-tight tabular-nums">
        {formatMoney(amount, currency)}
      </span>
      {per ? <span className="text-sm text-muted-foreground">per {per}</span> : null}
    </p>
  );
}
