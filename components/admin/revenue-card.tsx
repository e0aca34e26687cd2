import { BarChart } from "@/components/charts/bar-chart";
import { formatMonth } from "@/components/format/dates";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { CurrencyRevenue, MonthRevenue } from "@/lib/admin/revenue";
import { formatMoney } from "@/lib/billing/money";
import { Empty } from "./empty";

type Money = (amount: number) => string;

const hasMoney = ({ revenue, credited, refunded }: MonthRevenue) =>
  revenue !== 0 || credited !== 0 || refunded !== 0;

function Chart({ months, money }: { months: readonly MonthRevenue[]; money: Money }) {
  const best = months.reduce((most, month) => (month.revenue > most.revenue ? month : most));
  // Not the outermost: what stands below them would stand out.
  const labelled = new Set([1, Math.floor(months.length / 2), months.length - 2]);
  return (
    <BarChart
      summary={`Revenue by month. Most in ${formatMonth(best.month)}: ${money(best.revenue)}.`}
      bars={months.map(({ month, revenue }, index) => ({
        key: month.getTime(),
        value: revenue,
        title: `${formatMonth(month)}: ${money(revenue)}`,
        label: labelled.has(index) ? formatMonth(month) : null,
      }))}
      format={money}
    />
  );
}

function MonthsTable({ months, money }: { months: readonly MonthRevenue[]; money: Money }) {
  return (
    <Table>
      <caption className="sr-only">
        Revenue, credit and refunds by month, newest first; months without any left out
      </caption>
      <thead>
        <TableRow>
          <TableHead>Month</TableHead>
          <TableHead className="text-right">Revenue</TableHead>
          <TableHead className="text-right">Credited</TableHead>
          <TableHead className="text-right">Refunded</TableHead>
        </TableRow>
      </thead>
      <tbody className="tabular-nums">
        {months
          .filter(hasMoney)
          .toReversed()
          .map(({ month, revenue, credited, refunded }) => (
            <TableRow key={month.getTime()}>
              <TableCell className="whitespace-nowrap">{formatMonth(month)}</TableCell>
              <TableCell className="text-right">{money(revenue)}</TableCell>
              <TableCell className="text-right">{money(credited)}</TableCell>
              <TableCell className="text-right">{money(refunded)}</TableCell>
            </TableRow>
          ))}
      </tbody>
    </Table>
  );
}

export function RevenueCard({ revenue: { currency, months } }: { revenue: CurrencyRevenue }) {
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Revenue by month, {currency.toUpperCase()}</CardTitle>
        <CardDescription>
          Paid orders without tax, in UTC. Credit and refunds are not taken off.
        </CardDescription>
      </CardHeader>
      {months.some(hasMoney) ? (
        <div className="grid gap-8 lg:grid-cols-2">
          <Chart months={months} money={money} />
          <MonthsTable months={months} money={money} />
        </div>
      ) : (
        <Empty>Nothing was paid in these twelve months.</Empty>
      )}
    </Card>
  );
}
