import type { Progress } from "@/lib/billing/reconcile/run";

const width = 24;

function drawBar(share: number, name: string): void {
  const done = Math.round(share * width);
  const bar = "█".repeat(done) + "░".repeat(width - done);
  process.stdout.write(`\r${bar} ${String(Math.round(share * 100)).padStart(3)} % ${name}\x1b[K`);
}

/** Draws how far a run has come: a bar in a terminal, elsewhere a line for each kind of object. */
export function drawProgress({ step, steps, what, page, pages }: Progress): void {
  const part = pages > 0 ? Math.min(1, page / pages) : 1;
  const share = Math.min(1, (step + part) / steps);
  const name = what.replaceAll("_", " ");
  if (process.stdout.isTTY) drawBar(share, name);
  else if (part === 1) console.log(`${Math.round(share * 100)} % ${name}`);
}

/** Draws how many of `total` are done: a bar in a terminal, elsewhere a line for each tenth. */
export function countProgress(total: number, name: string): (done: number) => void {
  let tenths = 0;
  return (done) => {
    const words = `${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} ${name}`;
    if (process.stdout.isTTY) drawBar(done / total, done < total ? words : `${words}\n`);
    else if (Math.floor((done * 10) / total) > tenths) console.log(words);
    tenths = Math.floor((done * 10) / total);
  };
}
