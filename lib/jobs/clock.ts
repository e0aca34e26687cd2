import type { JobName } from "./payloads";

export type Timed = { when: string; key?: string; queue?: string };

/**
 * What runs by the clock, for the worker and for a host's cron; each is safe to run twice and at any time. `when` is
 * a crontab's five fields, in UTC. Of a `key` one job waits; jobs of a `queue` run one at a time, whatever the
 * number of workers.
 */
export const clock = {
  apply_inbox: { when: "* * * * *" },
  flush_usage: { when: "* * * * *", key: "flush-usage" },
  delete_accounts: { when: "* * * * *", key: "delete-accounts", queue: "delete_accounts" },
  check_webhooks: { when: "*/15 * * * *" },
  evaluate_alerts: { when: "*/5 * * * *", key: "evaluate-alerts" },
  reconcile: { when: "23 * * * *", key: "reconcile", queue: "reconcile" },
  abandon_checkouts: { when: "41 * * * *" },
  archive_usage: { when: "31 * * * *", key: "archive-usage" },
  purge: { when: "17 3 * * *" },
} satisfies Partial<Record<JobName, Timed>>;

export type ClockJob = keyof typeof clock;

export function isClockJob(name: string): name is ClockJob {
  return Object.hasOwn(clock, name);
}

/** The clock as the job engine reads it. */
export const crontab = Object.entries(clock)
  .map(([job, { when, key, queue }]: [string, Timed]) => {
    const options = new URLSearchParams({ ...(queue && { queue }), ...(key && { jobKey: key }) });
    return options.size > 0 ? `${when} ${job} ?${options}` : `${when} ${job}`;
  })
  .join("\n");
