import { ChevronDown } from "lucide-react";
import { formatCount } from "@/components/format/counts";
import { Day } from "@/components/format/day";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { DayUsage } from "@/components/usage/days";

export function UsageDaysTable({ days, unit }: { days: readonly DayUsage[]; unit: string }) {
  return (
    <details className="group border-t pt-4">
      <summary className="flex items-center justify-between rounded-sm text-sm font-medium">
        The same as a table
        <ChevronDown
          aria-hidden="true"
          className="size-4 motion-safe:transition-transform group-open:rotate-180"
        />
      </summary>
      <Table className="mt-3">
        <caption className="sr-only">Use by day, newest first; days without use left out</caption>
        <thead>
          <TableRow>
            <TableHead>Day</TableHead>
            <TableHead className="text-right first-letter:uppercase">{unit}</TableHead>
          </TableRow>
        </thead>
        <tbody>
          {days
            .filter((day) => day.units > 0)
            .toReversed()
            .map((day) => (
              <TableRow key={day.date.getTime()}>
                <TableCell className="py-2">
                  <Day value={day.date} />
                </TableCell>
                <TableCell className="py-2 text-right tabular-nums">
                  {formatCount(day.units)}
                </TableCell>
              </TableRow>
            ))}
        </tbody>
      </Table>
    </details>
  );
}
