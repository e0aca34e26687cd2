// `npm run polar:reconcile` compares everything with Polar and repairs it. Stopped, it goes on there the next
// time, and then looks once more at what it had seen before. `-- --workspace <id>` takes one workspace alone.
import { parseArgs } from "node:util";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { reconcile } from "@/lib/billing/reconcile/run";
import { runCommand } from "./local/command";
import { drawProgress } from "./local/progress";
import { printReport } from "./local/report";

await runCommand(
  async () => {
    const { values } = parseArgs({ options: { workspace: { type: "string" } } });
    await assertEnvironment();
    await assertOrganization();
    printReport(
      await reconcile({
        onProgress: drawProgress,
        ...(values.workspace ? { workspaceId: values.workspace } : {}),
      }),
    );
  },
  { drawsProgress: true },
);
