import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** A calendar month (UTC) in one currency; amounts without tax, in minor units. */
export type MonthRevenue = {
  month: Date;
  /** Of orders that were paid, by when they were placed. */
  revenue: number;
  /** Of orders below nothing: what customers are credited on a downgrade. */
  credited: number;
  /** Of refunds that succeeded, by when Polar last changed them, whichever month their order is of. */
  refunded: number;
};

/** The months of one currency, earliest first, those without an order among them. */
export type CurrencyRevenue = { currency: string; months: MonthRevenue[] };

const shown = 12;

function lastMonths(now: Date): Date[] {
  const first = now.getUTCMonth() - shown + 1;
  return Array.from(
    { length: shown },
    (_, index) => new Date(Date.UTC(now.getUTCFullYear(), first + index, 1)),
  );
}

type Row = {
  currency: string;
  month: string;
  revenue: string;
  credited: string;
  refunded: string;
};

/**
 * Revenue of the last twelve calendar months, the present one among them, by currency and never summed across; of the
 * same orders as the metric `polar_revenue_total`, with refunds and credit apart. Read from the indexes of when orders
 * were placed and refunds succeeded, which hold the amounts, from the first month on.
 */
export async function readRevenue(now: Date): Promise<CurrencyRevenue[]> {
  const months = lastMonths(now);
  const since = sql`${months[0]?.toISOString()}::timestamptz`;
  const rows = await db().execute<Row>(sql`
    select currency, to_char(date_trunc('month', at, 'UTC') at time zone 'UTC', 'YYYY-MM') as month,
      sum(revenue) as revenue, sum(credited) as credited, sum(refunded) as refunded
    from (
      select currency, placed_at as at, greatest(0, total_amount - tax_amount) as revenue,
        greatest(0, tax_amount - total_amount) as credited, 0 as refunded
      from orders where paid and placed_at >= ${since}
      union all
      select currency, version_at, 0, 0, amount
      from refunds where status = 'succeeded' and version_at >= ${since}) as moved
    group by 1, 2 order by 1, 2`);
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, found]) => {
    const byMonth = new Map(found.map((row) => [row.month, row]));
    return {
      currency,
      months: months.map((month) => {
        const row = byMonth.get(month.toISOString().slice(0, 7));
        return {
          month,
          revenue: Number(row?.revenue ?? 0),
          credited: Number(row?.credited ?? 0),
          refunded: Number(row?.refunded ?? 0),
        };
      }),
    };
  });
}
