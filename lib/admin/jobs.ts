import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { scrub } from "@/lib/observability/scrub";
import { pageSize } from "./page-of";

/** Where a job is: `failing` waits for its next attempt, `given_up` has none left. */
export const jobStates = ["queued", "running", "failing", "given_up"] as const;
export type JobState = (typeof jobStates)[number];

/** A job of the engine. Of its payload only ids are given; dates are UTC. */
export type Job = {
  id: string;
  task: string;
  state: JobState;
  attempts: number;
  maxAttempts: number;
  runAt: Date;
  createdAt: Date;
  lockedAt: Date | null;
  lastError: string | null;
  workspaceId: string | null;
  /** What it is about: an id by its name. */
  about: { name: string; id: string } | null;
};

const state = sql`case when j.locked_at is not null then 'running'
  when j.attempts >= j.max_attempts then 'given_up'
  when j.attempts > 0 then 'failing' else 'queued' end`;

const inState = (wanted: JobState | "any"): SQL =>
  wanted === "any" ? sql`true` : sql`${state} = ${wanted}`;

type Row = {
  id: string;
  task: string;
  state: JobState;
  attempts: number;
  max_attempts: number;
  run_at: string;
  created_at: string;
  locked_at: string | null;
  last_error: string | null;
  workspace_id: string | null;
  email_id: string | null;
  subscription_id: string | null;
  alert_id: string | null;
};

function aboutOf({ email_id, subscription_id, alert_id }: Row): Job["about"] {
  if (email_id) return { name: "mail", id: email_id };
  if (subscription_id) return { name: "subscription", id: subscription_id };
  return alert_id ? { name: "alert", id: alert_id } : null;
}

/**
 * A page of the engine's jobs, newest first, back along the primary key. The engine deletes a job that is done, so the
 * table holds what is still to be done and what was given up.
 *
 * @param before the id that it begins under.
 */
export async function listJobs(
  wanted: JobState | "any",
  before: string | null,
): Promise<{ rows: Job[]; next: string | null }> {
  const found = await db().execute<Row>(sql`
    select j.id::text, t.identifier as task, ${state} as state, j.attempts, j.max_attempts, j.run_at, j.created_at,
      j.locked_at, j.last_error, j.payload->>'workspaceId' as workspace_id, j.payload->>'emailId' as email_id,
      j.payload->>'subscriptionId' as subscription_id, j.payload->>'alertId' as alert_id
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where ${inState(wanted)} and ${before === null ? sql`true` : sql`j.id < ${before}::bigint`}
    order by j.id desc limit ${pageSize + 1}`);
  const rows = found.slice(0, pageSize).map((row) => ({
    id: row.id,
    task: row.task,
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: new Date(row.run_at),
    createdAt: new Date(row.created_at),
    lockedAt: row.locked_at === null ? null : new Date(row.locked_at),
    lastError: row.last_error === null ? null : scrub(row.last_error),
    workspaceId: row.workspace_id,
    about: aboutOf(row),
  }));
  return { rows, next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null };
}

/** How many jobs there are of each state. */
export async function countJobs(): Promise<Record<JobState, number>> {
  const rows = await db().execute<{ state: JobState; count: number }>(sql`
    select ${state} as state, count(*)::int as count from graphile_worker._private_jobs j group by 1`);
  const none = { queued: 0, running: 0, failing: 0, given_up: 0 };
  return Object.assign(none, Object.fromEntries(rows.map((row) => [row.state, row.count])));
}
