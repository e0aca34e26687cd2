import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseCrontab } from "graphile-worker";
import { expect, test } from "vitest";
import { clock, crontab } from "@/lib/jobs/clock";

const vercel = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../vercel.json"), "utf8"),
) as { crons: { path: string; schedule: string }[] };

test("Vercel's cron calls for the jobs of the clock at their times, and for the queue every minute", () => {
  expect(vercel.crons).toEqual([
    { path: "/api/cron/queue", schedule: "* * * * *" },
    ...Object.entries(clock).map(([job, { when }]) => ({
      path: `/api/cron/${job}`,
      schedule: when,
    })),
  ]);
});

test("the job engine reads the same clock, keys and queues with it", () => {
  const read = parseCrontab(crontab).map(({ task, options }) => [task, options]);
  expect(Object.fromEntries(read)).toMatchObject({
    apply_inbox: {},
    delete_accounts: { jobKey: "delete-accounts", queueName: "delete_accounts" },
    reconcile: { jobKey: "reconcile", queueName: "reconcile" },
    flush_usage: { jobKey: "flush-usage" },
  });
  expect(read.map(([task]) => task)).toEqual(Object.keys(clock));
});
