import Link from "next/link";
import { BuyForm } from "@/components/billing/buy-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { type CatalogProduct, planOf } from "@/lib/billing/catalog";
import type { ProductPrice } from "@/lib/billing/catalog-pricing";
import { formatMoney } from "@/lib/billing/money";

function terms({ plan, interval }: CatalogProduct, { amount, currency }: ProductPrice): string {
  const money = formatMoney(amount, currency);
  const price = interval ? `${money} per ${interval}` : `${money}, paid once`;
  const trialDays = plan ? planOf(plan).trialDays : 0;
  return trialDays > 0
    ? `Free for ${trialDays} days, then ${price}. Cancel before, and you pay nothing.`
    : `${price}.`;
}

/** What somebody has chosen, with the one button that goes on to its checkout. */
export function Choice({
  product,
  price,
  next,
}: {
  product: CatalogProduct;
  price: ProductPrice;
  next: string | null;
}) {
  return (
    <Card className="mx-auto max-w-xl gap-6 sm:p-8">
      <div className="space-y-2">
        <p className="text-sm text-muted-foreground">Your choice</p>
        <h1 className="text-2xl font-semibold">{product.name}</h1>
        <p className="text-muted-foreground">{product.description}</p>
      </div>
      <p>{terms(product, price)}</p>
      <div className="flex flex-wrap gap-3">
        <BuyForm product={product.key} available={price.available} next={next}>
          Continue to checkout
        </BuyForm>
        <Button asChild variant="outline">
          <Link href="/pricing">Choose something else</Link>
        </Button>
      </div>
    </Card>
  );
}
