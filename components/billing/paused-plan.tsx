import { ChangeForm } from "@/components/billing/change-form";
import { PauseText } from "@/components/billing/pause-text";
import { productName } from "@/components/billing/product-name";
import { Badge } from "@/components/ui/badge";
import { isLasting } from "@/lib/billing/changes/discount";
import type { ManagedSubscription } from "@/lib/billing/changes/managed";
import { formatMoney } from "@/lib/billing/money";

/** A paused subscription, and the way back. */
export function PausedPlan({ subscription }: { subscription: ManagedSubscription }) {
  const { product, amount, currency, discount, period, resumesAt, seen } = subscription;
  // A discount may have lapsed by the period that would begin; then the amount is not what would be paid.
  const price = !discount || isLasting(discount) ? ` for ${formatMoney(amount, currency)}` : "";
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
        Resume now{price}
      </ChangeForm>
      <p className="text-sm text-muted-foreground">
        Before tax. A new period starts today and is charged to your card.
      </p>
    </>
  );
}
