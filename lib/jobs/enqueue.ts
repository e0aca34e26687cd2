import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { currentRequestId } from "@/lib/observability/logger";
import { currentTraceparent } from "@/lib/observability/tracing/span";
import { nudgeJobs } from "./nudge";
import type { JobName, JobPayloads } from "./payloads";

/**
 * Asks for a job within the caller's transaction: it runs if, and only if, that commits.
 *
 * @param options.key at most one waiting job has this key; a second request replaces the first, or with
 *   `keyMode: "preserve_run_at"` leaves the moment that the first one asked for.
 * @param options.runAt not before this moment.
 * @param options.queue jobs of the same queue run one at a time, whatever the number of workers.
 */
export async function enqueue<Name extends JobName>(
  executor: Executor,
  name: Name,
  payload: JobPayloads[Name],
  options: {
    key?: string;
    keyMode?: "replace" | "preserve_run_at";
    runAt?: Date;
    queue?: string;
  } = {},
): Promise<void> {
  const requestId = currentRequestId();
  const traceparent = currentTraceparent() ?? undefined;
  const body = JSON.stringify({ ...payload, requestId, traceparent });
  await executor.execute(sql`
    select graphile_worker.add_job(
      ${name},
      payload => ${body}::json,
      queue_name => ${options.queue ?? null}::text,
      run_at => ${options.runAt?.toISOString() ?? null}::timestamptz,
      job_key => ${options.key ?? null}::text,
      job_key_mode => ${options.keyMode ?? "replace"}::text
    )`);
  nudgeJobs(options.runAt);
}
