import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** What comes in again and again, in one currency; amounts in its minor units. */
export type Recurring = {
  currency: string;
  /** Monthly recurring revenue, and what a year of it is. */
  mrr: number;
  arr: number;
  /** Subscriptions that are paid for, among them those whose payment is due. */
  paying: number;
  pastDue: number;
  /** Of the paying ones those that were canceled and end with their period, and what of `mrr` goes with them. */
  ending: number;
  endingMrr: number;
  trialing: number;
  /** What the trials that were not canceled add to `mrr` when they convert. */
  trialMrr: number;
};

/** How many months, of a year, a period of each interval has. */
const perMonth = sql`case interval when 'day' then 365 / 12.0 when 'week' then 52 / 12.0
  when 'year' then 1 / 12.0 else 1 end`;

/**
 * MRR of each currency, never summed across them. It is the amount that a live subscription (active or past due) renews
 * for, brought to a month: a year's by twelve, a week's by 52 a year, a day's by 365. Polar's amount of a subscription
 * is without tax and less the discount that holds in its present period, so a discount that lapses raises MRR when it has
 * lapsed, not before. What is metered, packs and whatever else is paid once are no part of it. Trials stand apart, for
 * nobody has paid yet. A subscription that was canceled for its period's end counts until it ends, and so does one that
 * will pause; paused, unpaid and ended ones do not count. ARR is twelve times MRR before it is rounded, so that a yearly
 * price alone makes an ARR of itself.
 *
 * Reads live subscriptions by `subscriptions_status_idx`: all of them, for each is part of the sum.
 */
export async function readRecurring(): Promise<Recurring[]> {
  const rows = await db().execute<Record<string, string>>(sql`
    with live as (
      select currency, status, cancel_at_period_end as ends, amount * (${perMonth}) as monthly
      from subscriptions
      where deleted_at is null and status in ('active', 'past_due', 'trialing')
    )
    select currency,
      round(coalesce(sum(monthly) filter (where status <> 'trialing'), 0)) as mrr,
      round(12 * coalesce(sum(monthly) filter (where status <> 'trialing'), 0)) as arr,
      count(*) filter (where status <> 'trialing') as paying,
      count(*) filter (where status = 'past_due') as past_due,
      count(*) filter (where status <> 'trialing' and ends) as ending,
      round(coalesce(sum(monthly) filter (where status <> 'trialing' and ends), 0)) as ending_mrr,
      count(*) filter (where status = 'trialing') as trialing,
      round(coalesce(sum(monthly) filter (where status = 'trialing' and not ends), 0)) as trial_mrr
    from live group by currency order by currency`);
  return rows.map((row) => ({
    currency: String(row.currency),
    mrr: Number(row.mrr),
    arr: Number(row.arr),
    paying: Number(row.paying),
    pastDue: Number(row.past_due),
    ending: Number(row.ending),
    endingMrr: Number(row.ending_mrr),
    trialing: Number(row.trialing),
    trialMrr: Number(row.trial_mrr),
  }));
}
