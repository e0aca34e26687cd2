// `npm run polar:reconcile` compares everything with Polar and repairs it. Stopped, it goes on there the next
// time, and then looks once more at what it had seen before. `-- --workspace <id>` takes one workspace alone.
import { parseArgs } from "node:util";
import { closeDb } from "@/db/client";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { reconcile } from "@/lib/billing/reconcile/run";
import { loadEnvironment } from "./local/environment";
import { drawProgress } from "./local/progress";
import { printReport } from "./local/report";

loadEnvironment();
try {
  const { values } = parseArgs({ options: { workspace: { type: "string" } } });
  await assertEnvironment();
  await assertOrganization();
  printReport(
    await reconcile({
      onProgress: drawProgress,
      ...(values.workspace ? { workspaceId: values.workspace } : {}),
    }),
  );
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await closeDb();
}
