import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { usagePause } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";

const onlyRow = 1;

/** Until when no worker sends usage, because Polar has asked for it; null when there is no pause now. */
export async function pausedUntil(): Promise<Date | null> {
  const [pause] = await db()
    .select({ until: usagePause.until })
    .from(usagePause)
    .where(sql`${usagePause.id} = ${onlyRow} and ${usagePause.until} > now()`);
  return pause?.until ?? null;
}

/** Lets no worker send usage for so many seconds, and asks for a run then. */
export async function pauseFor(seconds: number): Promise<Date> {
  return await db().transaction(async (tx) => {
    const until = sql`now() + ${seconds} * interval '1 second'` as never;
    const [pause] = await tx
      .insert(usagePause)
      .values({ id: onlyRow, until })
      .onConflictDoUpdate({
        target: usagePause.id,
        set: { until: sql`greatest(${usagePause.until}, excluded.until)` },
      })
      .returning({ until: usagePause.until });
    const runAt = pause?.until ?? new Date();
    await enqueue(tx, "flush_usage", {}, { key: "flush-usage-after-pause", runAt });
    return runAt;
  });
}
