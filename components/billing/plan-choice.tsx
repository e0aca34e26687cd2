import { ChangeForm } from "@/components/billing/change-form";
import { productName } from "@/components/billing/product-name";
import { formatUnits } from "@/components/format/counts";
import { formatDay } from "@/components/format/dates";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { type CatalogProduct, planOf } from "@/lib/billing/catalog";
import type { ProductPrice } from "@/lib/billing/catalog-pricing";
import type { Estimate } from "@/lib/billing/changes/estimate";
import { formatMoney } from "@/lib/billing/money";

/** What is paid and when, in words; always before tax. */
function costs(
  estimate: Estimate,
  currency: string,
  interval: string | null,
): { now: string; note: string } {
  const money = (amount: number) => formatMoney(amount, currency);
  if (estimate.timing === "next_period") {
    const { at, amount, standing } = estimate;
    const first = amount === standing ? "" : `, with your discount ${money(amount)} at first`;
    return {
      now: "Nothing now",
      note: `From ${formatDay(at)} on ${money(standing)} per ${interval}${first}, before tax. Until then you keep what you have, up to its allowance.`,
    };
  }
  if (estimate.keepsTrial)
    return { now: "Nothing now", note: "Your trial goes on with it, and is paid when it ends." };
  if (estimate.amount < 0)
    return {
      now: "Nothing now",
      note: `About ${money(-estimate.amount)} of what you have paid stays as credit for your next invoices.`,
    };
  return {
    now: `About ${money(estimate.amount)} now`,
    note: "An estimate before tax: what is left of your present plan is taken off.",
  };
}

/** A plan that one can change to, what that costs, and the button that does it. */
export function PlanChoice({
  product,
  price,
  estimate,
  seen,
}: {
  product: CatalogProduct;
  price: ProductPrice;
  estimate: Estimate;
  seen: string;
}) {
  const plan = planOf(product.plan ?? "free");
  const { now, note } = costs(estimate, price.currency, product.interval);
  const when = estimate.timing === "now" ? "now" : `on ${formatDay(estimate.at)}`;
  return (
    <Card className="md:flex-row md:items-center md:justify-between">
      <div className="space-y-2">
        <CardHeader>
          <CardTitle>{productName(product)}</CardTitle>
          <CardDescription>
            {formatMoney(price.amount, price.currency)} per {product.interval} ·{" "}
            {formatUnits(plan.monthlyUnits)} a month
          </CardDescription>
        </CardHeader>
        <p className="font-medium">{now}</p>
        <p className="max-w-prose text-sm text-muted-foreground">{note}</p>
      </div>
      <ChangeForm
        action="change_plan"
        seen={seen}
        product={product.key}
        disabled={!price.available}
        variant={estimate.timing === "now" ? "default" : "outline"}
      >
        <span>
          Change {when}
          <span className="sr-only"> to {productName(product)}</span>
        </span>
      </ChangeForm>
    </Card>
  );
}
