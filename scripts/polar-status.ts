// `npm run polar:status` says whether Polar's webhooks arrive; `-- --enable` turns an endpoint on again that
// Polar has disabled, and fetches what was missed meanwhile. Ends with code 1 while something is wrong.
import { parseArgs } from "node:util";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { reconcile } from "@/lib/billing/reconcile/run";
import { complaintsOf, enableEndpoint, webhookStatus } from "@/lib/billing/webhooks/status";
import { runCommand } from "./local/command";
import { drawProgress } from "./local/progress";
import { printReport } from "./local/report";

const moment = (date: Date | null) => date?.toISOString() ?? "never";

async function show(): Promise<void> {
  const status = await webhookStatus();
  const lines = [
    ["Endpoint", `${status.endpoint}, ${status.url}`],
    ["Last webhook", moment(status.lastReceivedAt)],
    ["Inbox", `${status.waiting} waiting, ${status.failed} given up`],
    ["Last reconcile", moment(status.lastReconciledAt)],
  ] as const;
  for (const [name, value] of lines) console.log(`${name.padEnd(16)}${value}`);
  const complaints = complaintsOf(status);
  for (const complaint of complaints) console.log(`\n! ${complaint}`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { enable: { type: "boolean" } } });
  await assertEnvironment();
  await assertOrganization();
  if (values.enable && (await enableEndpoint()))
    printReport(await reconcile({ onProgress: drawProgress }));
  await show();
});
