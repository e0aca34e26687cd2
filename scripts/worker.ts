// `npm run worker`: background jobs in a process of their own; any number may run. SIGTERM ends it after
// the jobs that run.
import { closeDb } from "@/db/client";
import { assertEnvironment } from "@/lib/billing/environment";
import { startWorker } from "@/lib/jobs/worker";
import { loadEnvironment } from "./local/environment";

loadEnvironment();
await assertEnvironment();
const worker = await startWorker();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void worker.stop().then(closeDb));
}
await worker.promise;
