import "server-only";
import { and, inArray, lt, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { workers } from "@/db/schema";
import { logger } from "@/lib/observability/logger";

/**
 * How often a worker gives a sign of life, and after how long without one it is dead; `endsInMs` is after how long
 * its host will have ended it. Milliseconds.
 */
export type Patience = { beatMs: number; deadAfterMs: number; endsInMs?: number };

export const usualPatience: Patience = { beatMs: 5_000, deadAfterMs: 30_000 };

const ago = (ms: number) => sql`now() - make_interval(secs => ${ms / 1000})`;

/** Whether this worker has been heard without a break for as long as makes a silent one dead. */
async function beat(executor: Executor, id: string, patience: Patience): Promise<boolean> {
  const { deadAfterMs, endsInMs } = patience;
  const [me] = await executor
    .insert(workers)
    .values({ id, endsAt: endsInMs === undefined ? null : sql`${ago(-endsInMs)}` })
    .onConflictDoUpdate({
      target: workers.id,
      set: {
        since: sql`case when ${workers.seenAt} < ${ago(deadAfterMs / 2)} then now() else ${workers.since} end`,
        seenAt: sql`now()`,
      },
    })
    .returning({ isJudge: sql<boolean>`${workers.since} < ${ago(deadAfterMs)}` });
  return me?.isJudge ?? false;
}

async function bury(executor: Executor, ids: string[]): Promise<void> {
  const list = sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
  await executor.execute(sql`select graphile_worker.force_unlock_workers(${list})`);
  await executor.delete(workers).where(inArray(workers.id, ids));
}

/**
 * Gives this worker's sign of life, and frees the jobs of those that have given none for too long, so that
 * others take them. A worker judges others only when it has itself been heard without a break for as long:
 * after the database was away all are silent, and none of them dead. One that its host must have ended by now anybody
 * judges: where no process lives long there is no other.
 *
 * @param id under which the job engine locks this worker's jobs.
 * @returns the ids of the dead.
 */
export async function giveSign(id: string, patience = usualPatience): Promise<string[]> {
  return await db().transaction(async (tx) => {
    const isJudge = await beat(tx, id, patience);
    const silent = await tx
      .select({ id: workers.id })
      .from(workers)
      .where(
        and(
          lt(workers.seenAt, ago(patience.deadAfterMs)),
          isJudge ? undefined : lt(workers.endsAt, sql`now()`),
        ),
      )
      .for("update", { skipLocked: true });
    const dead = silent.map((each) => each.id);
    if (dead.length === 0) return [];
    await bury(tx, dead);
    logger.warn({ workers: dead }, "Workers have died; their jobs are free again");
    return dead;
  });
}

/** Says that this worker has ended. A job that it did not bring to an end is free for others. */
export async function signOff(id: string): Promise<void> {
  await db().transaction((tx) => bury(tx, [id]));
}

/** Gives signs of life until it is stopped. One that cannot be given is logged, and the next is tried. */
export function keepGivingSigns(id: string, patience: Patience): { stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let last: Promise<void> = Promise.resolve();
  const next = async () => {
    try {
      await giveSign(id, patience);
    } catch (error) {
      logger.warn({ err: error }, "This worker could not give a sign of life");
    }
    plan();
  };
  const plan = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      last = next();
    }, patience.beatMs);
    timer.unref();
  };
  plan();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
