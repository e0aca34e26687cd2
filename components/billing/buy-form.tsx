import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { ProductKey } from "@/lib/billing/catalog";

/** A plain form post: buying works before, and without, any script. */
export function BuyForm({
  product,
  available,
  next = null,
  children,
  ...button
}: Pick<ComponentProps<typeof Button>, "variant" | "size" | "className"> & {
  product: ProductKey;
  available: boolean;
  /** The page to go on to once it is bought. */
  next?: string | null;
  children: ReactNode;
}) {
  return (
    <form method="post" action="/api/checkout">
      <input type="hidden" name="product" value={product} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <Button type="submit" disabled={!available} {...button}>
        {available ? children : "Not on sale just now"}
      </Button>
    </form>
  );
}
