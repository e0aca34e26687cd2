import { formatCount } from "@/components/format/counts";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { Period } from "@/components/usage/period";
import type { UsagePeriod } from "@/lib/usage";

export function PeriodsTable({ periods }: { periods: readonly UsagePeriod[] }) {
  return (
    <Table>
      <caption className="sr-only">
        Use by period, newest first; periods without use left out
      </caption>
      <thead>
        <TableRow>
          <TableHead>Period</TableHead>
          <TableHead className="max-sm:hidden">Plan</TableHead>
          <TableHead className="text-right">Used</TableHead>
          <TableHead className="text-right">Included</TableHead>
          <TableHead className="text-right">Beyond</TableHead>
        </TableRow>
      </thead>
      <tbody>
        {periods.map((period) => (
          <TableRow key={period.start.getTime()}>
            <TableCell>
              <Period period={period} />
            </TableCell>
            <TableCell className="max-sm:hidden">{period.plan}</TableCell>
            <TableCell className="text-right tabular-nums">{formatCount(period.used)}</TableCell>
            <TableCell className="text-right tabular-nums">
              {formatCount(period.included)}
            </TableCell>
            <TableCell className="text-right tabular-nums">
              {formatCount(period.overageUnits)}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
