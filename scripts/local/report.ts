import type { Cause } from "@/lib/billing/reconcile/cause";
import type { Report } from "@/lib/billing/reconcile/run";
import { causeWords } from "@/lib/billing/reconcile/words";

/** Says what a run has found, a line for each cause. */
export function printReport({ compared, differences }: Report): void {
  const found = Object.entries(differences) as [Cause, number][];
  console.log(
    `\n${compared} objects compared, ${found.length === 0 ? "no difference" : "differences:"}`,
  );
  for (const [cause, count] of found)
    console.log(`${String(count).padStart(7)}  ${cause}: ${causeWords[cause]}`);
  if (found.length > 0)
    console.log("Each is in the log above and in the table reconcile_differences.");
}
