import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { recordAction } from "./actions";
import type { Admin } from "./gate";

const doings = {
  run_again: (id: string): SQL => sql`
    select graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`,
  delete: (id: string): SQL => sql`select graphile_worker.complete_jobs(array[${id}::bigint])`,
} as const;

export type JobDoing = keyof typeof doings;

export const isJobDoing = (text: string | null): text is JobDoing =>
  text !== null && Object.hasOwn(doings, text);

/**
 * Has a given-up job run again, with as many attempts as a new one, or deletes it; by the engine's own functions.
 *
 * @returns false where there is no such job, or it is not given up (any more): then nothing is done.
 */
export async function settleJob(admin: Admin, id: string, doing: JobDoing): Promise<boolean> {
  if (!/^\d{1,18}$/.test(id)) return false;
  return await db().transaction(async (tx) => {
    const [job] = await tx.execute<{ task: string; attempts: number }>(sql`
      select t.identifier as task, j.attempts
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.id = ${id}::bigint and j.attempts >= j.max_attempts and j.locked_at is null
      for update of j`);
    if (!job) return false;
    await recordAction(tx, admin, {
      action: `job.${doing}`,
      objectId: id,
      details: { task: job.task, attempts: job.attempts },
    });
    await tx.execute(doings[doing](id));
    return true;
  });
}
