import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { readChurn } from "./churn";
import type { Finding } from "./settle";
import { thresholds } from "./thresholds";

/** The finding of a condition, or null while all is well. */
type Condition = (executor: Executor) => Promise<Finding | null>;

async function numberOf(executor: Executor, query: SQL): Promise<number> {
  const [row] = await executor.execute<{ value: string | null }>(query);
  return Number(row?.value ?? 0);
}

const minutes = (seconds: number) => `${Math.floor(seconds / 60)} minutes`;

const deadLetters =
  (query: SQL, words: string): Condition =>
  async (executor) => {
    const n = await numberOf(executor, query);
    return n < thresholds.deadLetters ? null : { severity: "warning", summary: `${words}: ${n}.` };
  };

const age = (moment: string, rows: SQL) =>
  sql`select extract(epoch from now() - min(${sql.identifier(moment)})) as value ${rows}`;

async function churn(executor: Executor): Promise<Finding | null> {
  const { share, least } = thresholds.churn;
  const { live, ended, days } = await readChurn(executor);
  if (live < least || ended / live <= share) return null;
  const percent = ((ended / live) * 100).toFixed(1);
  return {
    severity: "warning",
    summary: `Churn is ${percent} %: ${ended} subscriptions ended in ${days} days, of ${live} before.`,
  };
}

/** What is looked at in the database, by the key of its alert. */
export const conditions: Readonly<Record<string, Condition>> = {
  async webhooks_failing(executor) {
    const n = await numberOf(
      executor,
      sql`select count(*) as value from webhook_inbox
        where received_at > now() - interval '1 hour' and last_error is not null`,
    );
    return n < thresholds.failingWebhooks
      ? null
      : {
          severity: "critical",
          summary: `Webhooks of the last hour that cannot be applied (npm run inbox): ${n}.`,
        };
  },
  async webhooks_silent(executor) {
    const since = sql`now() - make_interval(hours => ${thresholds.silentHours})`;
    const n = await numberOf(
      executor,
      sql`select count(*) as value from orders where placed_at > ${since}
        and not exists (select 1 from webhook_inbox where received_at > ${since})`,
    );
    return n === 0
      ? null
      : {
          severity: "critical",
          summary: `No webhook for ${thresholds.silentHours} hours (npm run polar:status); orders in them: ${n}.`,
        };
  },
  async inbox_lag(executor) {
    const lag = await numberOf(
      executor,
      age("received_at", sql`from webhook_inbox where status = 'pending'`),
    );
    return lag <= thresholds.inboxLagSeconds
      ? null
      : {
          severity: "critical",
          summary: `A webhook has waited for ${minutes(lag)} to be applied.`,
        };
  },
  async outbox_lag(executor) {
    const lag = await numberOf(
      executor,
      age("occurred_at", sql`from usage_events where settled_at is null and billable_units > 0`),
    );
    return lag <= thresholds.outboxLagSeconds
      ? null
      : { severity: "warning", summary: `A use has waited for ${minutes(lag)} to reach Polar.` };
  },
  dead_webhooks: deadLetters(
    sql`select count(*) as value from webhook_inbox where status = 'failed'`,
    "Webhooks given up (npm run inbox)",
  ),
  dead_usage: deadLetters(
    sql`select count(*) as value from usage_events where rejected_reason is not null`,
    "Uses refused by Polar (npm run usage:refused)",
  ),
  dead_jobs: deadLetters(
    sql`select count(*) as value from graphile_worker._private_jobs
      where attempts >= max_attempts and locked_at is null`,
    "Jobs given up (the log says why)",
  ),
  async differences(executor) {
    const { count, hours } = thresholds.differences;
    const n = await numberOf(
      executor,
      sql`select count(*) as value from reconcile_differences d join reconcile_runs r on r.id = d.run_id
        where d.at > now() - make_interval(hours => ${hours}) and r.mode = 'repair'`,
    );
    return n < count
      ? null
      : {
          severity: "warning",
          summary: `Differences from Polar in ${hours} hours, repaired where that can be: ${n}.`,
        };
  },
  churn,
};
