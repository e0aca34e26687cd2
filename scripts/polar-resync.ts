// `npm run polar:resync` rebuilds the mirrored tables from Polar alone, for a database that was lost or
// damaged: every row is written anew whatever it claims. Nothing that is older than its beginning is mailed, by
// this command or by the app beside it. Inbox, outbox, usage and audit stay as they are, and access stays too.
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { reconcile } from "@/lib/billing/reconcile/run";
import { runCommand } from "./local/command";
import { drawProgress } from "./local/progress";
import { printReport } from "./local/report";

await runCommand(
  async () => {
    await assertEnvironment();
    await assertOrganization();
    printReport(await reconcile({ mode: "rebuild", onProgress: drawProgress }));
  },
  { drawsProgress: true },
);
