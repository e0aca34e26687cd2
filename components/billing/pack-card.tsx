import Link from "next/link";
import { BuyForm } from "@/components/billing/buy-form";
import { formatUnits } from "@/components/format/counts";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Pack } from "@/lib/billing/catalog";
import type { ProductPrice } from "@/lib/billing/catalog-pricing";
import { checkoutPath } from "@/lib/billing/checkout-path";
import { formatMoney } from "@/lib/billing/money";

export function PackCard({
  pack,
  price,
  signedIn,
}: {
  pack: Pack;
  price: ProductPrice;
  signedIn: boolean;
}) {
  const amount = formatMoney(price.amount, price.currency);
  return (
    <Card className="md:flex-row md:items-center md:justify-between">
      <CardHeader>
        <CardTitle>{pack.name}</CardTitle>
        <CardDescription>
          {formatUnits(pack.units)} for {amount}, paid once, on top of any plan. What you don't use
          stays yours.
        </CardDescription>
      </CardHeader>
      {signedIn ? (
        <BuyForm product={pack.product} available={price.available} variant="outline">
          Buy for {amount} <span className="sr-only">: {pack.name}</span>
        </BuyForm>
      ) : (
        <Button asChild variant="outline" className="w-fit">
          <Link href={checkoutPath(pack.product, null)}>
            Buy for {amount} <span className="sr-only">: {pack.name}</span>
          </Link>
        </Button>
      )}
    </Card>
  );
}
