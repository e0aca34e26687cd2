// `npm run worker`: background jobs in a process of their own; any number may run. SIGTERM ends it after
// the jobs that run.
import { closeDb } from "@/db/client";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { startWorker } from "@/lib/jobs/worker";
import { loadEnvironment } from "./local/environment";

loadEnvironment();
try {
  await assertEnvironment();
  await assertOrganization();
  const worker = await startWorker();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      console.log("The worker ends after the jobs that run.");
      void worker.stop();
    });
  }
  console.log("The worker waits for jobs.");
  await worker.promise;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDb();
}
