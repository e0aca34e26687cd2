import { Outcome } from "@/components/checkout/outcome";
import { unknownCheckout } from "@/lib/billing/checkout-view";

/** Somebody else's checkout, or none: told apart to nobody. */
export default function UnknownCheckout() {
  return <Outcome view={unknownCheckout} />;
}
