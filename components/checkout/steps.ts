import type { CheckoutView } from "@/lib/billing/checkout-view";

export type Step = { label: string; state: "done" | "current" | "waiting" };

const paid = ["Payment sent", "Payment confirmed", "Access ready"];
const tried = ["Card sent", "Trial started", "Access ready"];

/** How many of the steps are behind the buyer; `null` where there is no progress to show. */
function stepsDone({ state, ready }: CheckoutView): number | null {
  if (state === "succeeded") return ready ? 3 : 2;
  if (state === "confirmed") return 1;
  return null;
}

export function stepsOf(view: CheckoutView): Step[] {
  const done = stepsDone(view);
  if (done === null) return [];
  return (view.trial ? tried : paid).map((label, index) => ({
    label,
    state: index < done ? "done" : index === done ? "current" : "waiting",
  }));
}

/** States that can change on their own, so the page keeps looking. */
export function isMoving({ state, ready }: CheckoutView): boolean {
  return state === "confirmed" || state === "unreachable" || (state === "succeeded" && !ready);
}
