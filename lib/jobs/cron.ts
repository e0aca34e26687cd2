import "server-only";
import { db } from "@/db/client";
import { env } from "@/lib/env";
import { type BoundedRun, runWaiting } from "./bounded";
import { clock, isClockJob, type Timed } from "./clock";
import { enqueue } from "./enqueue";
import { asJob } from "./nudge";

/**
 * What a host's cron asks for: a job of the clock, which is asked for and run, or `queue`, every job that waits. Takes
 * no job after CRON_SECONDS.
 *
 * @returns what was done; null for a name that is neither.
 */
export async function runForCron(name: string): Promise<BoundedRun | null> {
  const seconds = env().CRON_SECONDS;
  if (name === "queue") return await runWaiting({ seconds });
  if (!isClockJob(name)) return null;
  const { key = name, queue }: Timed = clock[name];
  await asJob(() => enqueue(db(), name, {}, { key, queue }));
  return await runWaiting({ seconds, only: name });
}
