// `npm run crashes -- --webhooks 2000 --kills 12`: kills the app, a worker and PostgreSQL with -9 at random
// moments of a stream of webhooks, and looks for any that was lost, or applied twice or not at all.
import { parseArgs } from "node:util";
import { onTrial } from "./local/trial";

const { values } = parseArgs({
  options: {
    webhooks: { type: "string", default: "2000" },
    kills: { type: "string", default: "12" },
    seed: { type: "string" },
  },
});

process.exitCode = await onTrial(async () => {
  // Its modules read the environment, which is settled only now.
  const { runCrashes } = await import("@/tests/properties/crashes/run");
  const { webhooks, kills, seed, seconds } = await runCrashes({
    webhooks: Number(values.webhooks),
    kills: Number(values.kills),
    ...(values.seed ? { seed: Number(values.seed) } : {}),
  });
  return `${webhooks} webhooks, each in the inbox and applied once after ${kills} kills (seed ${seed}, ${seconds.toFixed(0)} s)`;
});
