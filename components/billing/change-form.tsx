import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Change } from "@/lib/billing/changes/request";

/** A plain form post that changes the subscription: it works without any script. */
export function ChangeForm({
  action,
  seen,
  product,
  fields,
  children,
  ...button
}: Pick<ComponentProps<typeof Button>, "variant" | "size" | "className" | "disabled"> & {
  action: Change["action"];
  /** The state that the page shows, by which a form that has become stale is known. */
  seen: string;
  product?: string;
  fields?: ReactNode;
  children: ReactNode;
}) {
  return (
    <form method="post" action="/api/subscription" className="space-y-4">
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="seen" value={seen} />
      {product ? <input type="hidden" name="product" value={product} /> : null}
      {fields}
      <Button type="submit" {...button}>
        {children}
      </Button>
    </form>
  );
}
