import { ChangeForm } from "@/components/billing/change-form";
import { PauseText } from "@/components/billing/pause-text";
import { productName } from "@/components/billing/product-name";
import { Badge } from "@/components/ui/badge";
import type { ManagedSubscription } from "@/lib/billing/changes/managed";
import { formatMoney } from "@/lib/billing/money";

/** A paused subscription, and the way back. */
export function PausedPlan({ subscription }: { subscription: ManagedSubscription }) {
  const { product, amount, currency, period, resumesAt, seen } = subscription;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-2xl font-semibold tracking-tight">{productName(product)}</span>
        <Badge variant="warning">Paused</Badge>
      </p>
      <p className="text-muted-foreground">
        <PauseText since={period.end} resumesAt={resumesAt} />. Nothing is charged; you have what
        the Free plan gives.
      </p>
      <ChangeForm action="resume" seen={seen}>
        Resume now for {formatMoney(amount, currency)}
      </ChangeForm>
      <p className="text-sm text-muted-foreground">
        Before tax. A new period starts today and is charged to your card.
      </p>
    </>
  );
}
