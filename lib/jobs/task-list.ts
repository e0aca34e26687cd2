import "server-only";
import type { Job, Task, TaskList } from "graphile-worker";
import { db } from "@/db/client";
import { reportError } from "@/lib/observability/errors/report";
import { logger, withRequestId } from "@/lib/observability/logger";
import { count } from "@/lib/observability/metrics/counters";
import { SpanKind, type SpanOptions, traced } from "@/lib/observability/tracing/span";
import { inBackground } from "@/lib/polar";
import { asJob } from "./nudge";
import type { JobName, JobPayloads } from "./payloads";
import { tasks } from "./tasks";

/** Without a database, which may be why it failed, only the log tells. */
async function countFailure(job: JobName): Promise<void> {
  try {
    await count(db(), "job_failures", job);
  } catch (error) {
    logger.warn({ job, err: error }, "A job's failure could not be counted");
  }
}

/** What a job was asked for within is the trace that it goes on; after an hour that one is over. */
const freshMs = 3_600_000;

function spanOf(name: JobName, job: Job, traceparent: string | undefined): SpanOptions {
  const isFresh = Date.now() - job.created_at.getTime() < freshMs;
  return {
    kind: SpanKind.CONSUMER,
    attributes: { "job.name": name, "job.attempt": job.attempts },
    ...(isFresh ? { parent: traceparent } : { after: traceparent }),
  };
}

function wrap<Name extends JobName>(
  name: Name,
  task: (payload: JobPayloads[Name]) => Promise<void>,
): Task {
  return async (payload, helpers) => {
    const given = payload as JobPayloads[Name] & { requestId?: string; traceparent?: string };
    const { job } = helpers;
    const work = async () => {
      const started = performance.now();
      try {
        await asJob(() => inBackground(() => task(given)));
        logger.debug({ job: name, ms: Math.round(performance.now() - started) }, "Job done");
      } catch (error) {
        logger.error({ job: name, attempt: job.attempts, err: error }, "Job failed");
        if (job.attempts >= job.max_attempts) reportError(error, { job: name });
        await countFailure(name);
        throw error;
      }
    };
    await traced(`job ${name}`, spanOf(name, job, given.traceparent), () =>
      withRequestId(given.requestId ?? `job-${job.id}`, work),
    );
  };
}

/** The jobs as the job engine calls them, each with its log lines; those of `only` alone, if given. */
export function taskList(only?: JobName): TaskList {
  return Object.fromEntries(
    Object.entries(tasks)
      .filter(([name]) => only === undefined || name === only)
      .map(([name, task]) => [name, wrap(name as JobName, task as never)]),
  );
}
