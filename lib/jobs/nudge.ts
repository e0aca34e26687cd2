import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

const inJob = new AsyncLocalStorage<true>();
/** Told how many milliseconds from now the job is to run. */
type Nudge = (delayMs: number) => void;
const holder = globalThis as typeof globalThis & { northstarNudge?: Nudge };

/** Runs a job's `work`: what it enqueues is taken up by whoever runs it. */
export function asJob<T>(work: () => Promise<T>): Promise<T> {
  return inJob.run(true, work);
}

/** Tells this process how to see to jobs where no worker waits for them. */
export function nudgeBy(nudge: Nudge): void {
  holder.northstarNudge = nudge;
}

/** Has the job that a request has just asked for seen to, where no worker waits for it. */
export function nudgeJobs(runAt?: Date): void {
  const delayMs = runAt ? Math.max(0, runAt.getTime() - Date.now()) : 0;
  if (!inJob.getStore()) holder.northstarNudge?.(delayMs);
}
