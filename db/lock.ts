import { sql } from "drizzle-orm";
import type { Executor } from "./client";

/** Holds whatever `key` names for itself until the executor's transaction ends. */
export async function lock(executor: Executor, key: string): Promise<void> {
  await executor.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}
