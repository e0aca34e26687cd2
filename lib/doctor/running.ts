import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { reconcileRuns, workers } from "@/db/schema";
import { usualPatience } from "@/lib/jobs/sign-of-life";
import { observed, polar } from "@/lib/polar";
import { type Check, type Doctor, hasCron, unlessLocal } from "./doctor";
import { type Finding, fail, ok, together } from "./finding";

const lateHours = 2;

/** Where no process lives long, the hourly comparison with Polar shows that the host's cron comes. */
async function byCron(): Promise<Finding> {
  const [run] = await db()
    .select({ id: reconcileRuns.id })
    .from(reconcileRuns)
    .where(
      sql`${reconcileRuns.workspaceId} is null and ${reconcileRuns.startedAt} > now() - make_interval(hours => ${lateHours})`,
    )
    .limit(1);
  return run
    ? ok("The host's cron runs the jobs: the last comparison with Polar is fresh.")
    : fail(
        `The host's cron has compared nothing with Polar for ${lateHours} hours.`,
        "See that it calls /api/cron with CRON_SECRET.",
      );
}

export const jobs: Check = async ({ env }) => {
  const seconds = usualPatience.deadAfterMs / 1000;
  const live = await db()
    .select({ id: workers.id })
    .from(workers)
    .where(sql`${workers.seenAt} > now() - make_interval(secs => ${seconds})`);
  if (live.length > 0) return ok(`Processes that run jobs: ${live.length}.`);
  if (hasCron(env)) return await byCron();
  return fail(
    `No process has run jobs for ${seconds} seconds: no mail is sent and nothing is repaired.`,
    "Start the app with WORKER=on, or `npm run worker`.",
  );
};

/** Polar refuses and skips by five minutes, and so do we; usage that is stamped ahead of Polar's clock waits. */
const mostSkewMs = 30_000;

/** How far the other's clock is ahead of ours at least, in milliseconds; behind is negative. */
function skew(earliest: number, latest: number, from: number, to: number): number {
  if (earliest > to) return earliest - to;
  return latest < from ? latest - from : 0;
}

function judge(doctor: Doctor, whose: string, ms: number): Finding {
  if (Math.abs(ms) <= mostSkewMs) return ok(`${whose} clock agrees with ours.`);
  const seconds = Math.round(Math.abs(ms) / 1000);
  return unlessLocal(
    doctor,
    `${whose} clock is ${seconds} seconds ${ms > 0 ? "ahead of" : "behind"} ours.`,
    "Synchronize this machine's clock (NTP).",
  );
}

async function databaseSkew(): Promise<number> {
  const from = Date.now();
  const [row] = await db().execute<{ ms: string }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as ms`,
  );
  const theirs = Number(row?.ms);
  return skew(theirs, theirs, from, Date.now());
}

async function polarSkew(): Promise<number> {
  const from = Date.now();
  const { observedAt, answeredAt } = await observed(() => polar().organizations.list({ limit: 1 }));
  return skew(Date.parse(observedAt), Date.parse(answeredAt), from, Date.now());
}

export const clock: Check = async (doctor) =>
  together([
    ...((await doctor.stands("database"))
      ? [judge(doctor, "The database's", await databaseSkew())]
      : []),
    ...((await doctor.stands("polar")) ? [judge(doctor, "Polar's", await polarSkew())] : []),
  ]);
