import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { thresholds } from "./thresholds";

/** Of the subscriptions that were live `days` ago, `live`, as many as have `ended` since; both of all plans. */
export type Churn = { live: number; ended: number; days: number };

/** Subscriptions that ended in the last days, beside those that were live before. It reads all of them. */
export async function readChurn(executor: Executor): Promise<Churn> {
  const { days } = thresholds.churn;
  const then = sql`now() - make_interval(days => ${days})`;
  const [row] = await executor.execute<{ live: number; ended: number }>(sql`
    select count(*) filter (where started_at <= ${then} and (ended_at is null or ended_at > ${then}))::int as live,
      count(*) filter (where ended_at > ${then} and ended_at <= now())::int as ended
    from subscriptions where deleted_at is null`);
  return { live: row?.live ?? 0, ended: row?.ended ?? 0, days };
}
