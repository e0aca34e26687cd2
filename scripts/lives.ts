// `npm run lives -- --runs 10000 --seed 7`: random customer lives at the local Polar, their webhooks in any
// order, twice and late, each compared with the same life told in order, once, and every second with what is
// rebuilt from Polar alone. A failure prints the seed and path that repeat it.
import { parseArgs } from "node:util";
import { onTrial } from "./local/trial";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "300" },
    seed: { type: "string" },
    path: { type: "string" },
  },
});

process.exitCode = await onTrial(async () => {
  // Its modules read the environment, which is settled only now.
  const { runLives } = await import("@/tests/properties/lives/run");
  const { lives, webhooks, reasons, seed, seconds } = await runLives({
    runs: Number(values.runs),
    ...(values.seed ? { seed: Number(values.seed) } : {}),
    ...(values.path ? { path: values.path } : {}),
  });
  const orders = Object.entries(reasons).map(([reason, n]) => `${n} ${reason}`);
  return `${lives} lives with ${webhooks} webhooks end as they do in order and as rebuilt (seed ${seed}, ${seconds.toFixed(0)} s)
Orders: ${orders.join(", ")}`;
});
