import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import type { CounterName } from "./counters";
import type { Figure, Sample } from "./figure";

/** The rows' columns are the figure's labels, and its `value`. */
type Query = Figure & { query: SQL };

const counted = (name: CounterName, label: string) =>
  sql`select label as ${sql.identifier(label)}, value from counters where name = ${name}`;

const pending = sql`from webhook_inbox where status = 'pending'`;
const unsent = sql`from usage_events where settled_at is null and billable_units > 0`;
const dueJobs = sql`from graphile_worker._private_jobs where is_available and run_at <= now()`;
const paidOrders = sql`from orders where paid`;

/** How many rows wait, and how long the oldest has: two figures of one `from`. */
const waiting = (prefix: string, help: string, longest: string, from: SQL, since: SQL): Query[] => [
  {
    name: `${prefix}_depth`,
    help,
    type: "gauge",
    labels: [],
    query: sql`select count(*) as value ${from}`,
  },
  {
    name: `${prefix}_lag_seconds`,
    help: longest,
    type: "gauge",
    labels: [],
    query: sql`select coalesce(greatest(0, extract(epoch from now() - min(${since}))), 0) as value ${from}`,
  },
];

/**
 * What is of the whole app and not of a process. Counters are of rows that no deletion and no purge takes (orders
 * and refunds are kept for the books, the audit of refunds too), or stand in `counters`, so they never go down.
 */
export const figures: readonly Query[] = [
  {
    name: "polar_checkouts_created_total",
    help: "Checkouts that Polar has made for us.",
    type: "counter",
    labels: ["product"],
    query: counted("checkouts_created", "product"),
  },
  {
    name: "polar_orders_completed_total",
    help: "Orders that were paid, those of nothing, such as a trial's, among them.",
    type: "counter",
    labels: ["product", "billing_reason"],
    query: sql`select coalesce(product_key, 'other') as product, billing_reason, count(*) as value
      ${paidOrders} group by 1, 2`,
  },
  {
    name: "polar_revenue_total",
    help: "Paid orders without tax, in minor units. Refunds and credit are not taken off.",
    type: "counter",
    labels: ["currency"],
    query: sql`select currency, sum(greatest(0, total_amount - tax_amount)) as value ${paidOrders} group by 1`,
  },
  {
    name: "polar_credited_total",
    help: "Orders below nothing, without tax, in minor units: what customers are credited on a downgrade.",
    type: "counter",
    labels: ["currency"],
    query: sql`select currency, sum(greatest(0, tax_amount - total_amount)) as value ${paidOrders} group by 1`,
  },
  {
    name: "polar_refunded_total",
    help: "Refunds that succeeded, without tax, in minor units.",
    type: "counter",
    labels: ["currency"],
    // By the audit: a refund that fails after all is no longer 'succeeded', and a counter cannot go down.
    query: sql`select currency, sum(amount) as value from refunds where exists (
      select 1 from audit_log where object_type = 'refund' and after->>'status' = 'succeeded'
        and object_id = refunds.id) group by 1`,
  },
  {
    name: "polar_subscriptions_active",
    help: "Subscriptions that are active or trialing.",
    type: "gauge",
    labels: [],
    query: sql`select count(*) as value from subscriptions
      where deleted_at is null and status in ('active', 'trialing')`,
  },
  ...waiting(
    "polar_inbox",
    "Webhooks that are stored and not yet applied.",
    "How long the oldest of them has waited.",
    pending,
    sql`received_at`,
  ),
  {
    name: "polar_webhook_last_received_timestamp_seconds",
    help: "When the last webhook came, in Unix time; none when none has come.",
    type: "gauge",
    labels: [],
    query: sql`select extract(epoch from received_at) as value from webhook_inbox
      order by received_at desc limit 1`,
  },
  ...waiting(
    "polar_outbox",
    "Uses that Polar has not heard of yet.",
    "How long the oldest of them has waited.",
    unsent,
    sql`occurred_at`,
  ),
  {
    name: "polar_dead_letters",
    help: "What was given up: webhooks that cannot be applied, uses that Polar refuses, jobs out of attempts.",
    type: "gauge",
    labels: ["kind"],
    query: sql`select 'webhook' as kind, count(*) as value from webhook_inbox where status = 'failed'
      union all select 'usage', count(*) from usage_events where rejected_reason is not null
      union all select 'job', count(*) from graphile_worker._private_jobs
        where attempts >= max_attempts and locked_at is null`,
  },
  {
    name: "polar_reconcile_differences_total",
    help: "What was found to differ from Polar.",
    type: "counter",
    labels: ["cause"],
    query: counted("reconcile_differences", "cause"),
  },
  {
    name: "app_job_failures_total",
    help: "Runs of a job that failed; most are tried again.",
    type: "counter",
    labels: ["job"],
    query: counted("job_failures", "job"),
  },
  ...waiting(
    "app_jobs",
    "Jobs that are due and that nobody has in hand.",
    "How long the oldest of them has been due.",
    dueJobs,
    sql`run_at`,
  ),
];

/** The figure's values now. @throws what the database throws. */
export async function readFigure(executor: Executor, figure: Query): Promise<Sample[]> {
  const rows = await executor.execute<Record<string, string | number>>(figure.query);
  return rows.map((row) => ({
    labels: figure.labels.map((label) => String(row[label])),
    value: Number(row.value),
  }));
}
