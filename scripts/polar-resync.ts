// `npm run polar:resync` rebuilds the mirrored tables from Polar alone, for a database that was lost or
// damaged: every row is written anew whatever it claims. Nothing that is older than its beginning is mailed, by
// this command or by the app beside it. Inbox, outbox, usage and audit stay as they are, and access stays too.
import { closeDb } from "@/db/client";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { reconcile } from "@/lib/billing/reconcile/run";
import { loadEnvironment } from "./local/environment";
import { drawProgress } from "./local/progress";
import { printReport } from "./local/report";

loadEnvironment();
try {
  await assertEnvironment();
  await assertOrganization();
  printReport(await reconcile({ mode: "rebuild", onProgress: drawProgress }));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await closeDb();
}
