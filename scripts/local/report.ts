import type { Report } from "@/lib/billing/reconcile/run";

const words: Record<keyof Report["differences"], string> = {
  webhook_lost: "the webhook that should have told was lost",
  not_applied: "the webhook is in the inbox and was not applied",
  overwritten: "the webhook was applied and then written over",
  without_webhook: "Polar sends no webhook of it (meters)",
  unknown: "the webhook is too old to be looked at",
  missing: "Polar says that it does not exist, for the first time: asked again by a later run",
  gone: "Polar says that it does not exist",
  newer_here: "what is stored here is newer than Polar's answer: left alone",
  unreadable: "it cannot be read, or its id is none of Polar's: left alone",
};

/** Says what a run has found, a line for each cause. */
export function printReport({ compared, differences }: Report): void {
  const found = Object.entries(differences) as [keyof typeof words, number][];
  console.log(
    `\n${compared} objects compared, ${found.length === 0 ? "no difference" : "differences:"}`,
  );
  for (const [cause, count] of found)
    console.log(`${String(count).padStart(7)}  ${cause}: ${words[cause]}`);
  if (found.length > 0)
    console.log("Each is in the log above and in the table reconcile_differences.");
}
