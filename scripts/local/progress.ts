import type { Progress } from "@/lib/billing/reconcile/run";

const width = 24;

/** Draws how far a run has come: a bar in a terminal, elsewhere a line for each kind of object. */
export function drawProgress({ step, steps, what, page, pages }: Progress): void {
  const part = pages > 0 ? Math.min(1, page / pages) : 1;
  const share = Math.min(1, (step + part) / steps);
  const name = what.replaceAll("_", " ");
  if (!process.stdout.isTTY) {
    if (part === 1) console.log(`${Math.round(share * 100)} % ${name}`);
    return;
  }
  const done = Math.round(share * width);
  const bar = "█".repeat(done) + "░".repeat(width - done);
  process.stdout.write(`\r${bar} ${String(Math.round(share * 100)).padStart(3)} % ${name}\x1b[K`);
}
