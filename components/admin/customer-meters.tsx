import { Moment } from "@/components/admin/moment";
import { formatCount } from "@/components/format/counts";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { CustomerMeter } from "@/lib/admin/customer";

/** Polar's own count, as it was last read. */
export function CustomerMeters({ rows }: { rows: readonly CustomerMeter[] }) {
  return (
    <Table>
      <caption className="sr-only">Polar's count of each meter</caption>
      <thead>
        <TableRow>
          <TableHead>Meter</TableHead>
          <TableHead className="text-right">Credited</TableHead>
          <TableHead className="text-right">Consumed</TableHead>
          <TableHead className="text-right">Balance</TableHead>
          <TableHead className="hidden sm:table-cell">Read</TableHead>
        </TableRow>
      </thead>
      <tbody className="tabular-nums">
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="wrap-anywhere">{row.meterKey ?? row.meterId}</TableCell>
            <TableCell className="text-right">{formatCount(row.creditedUnits)}</TableCell>
            <TableCell className="text-right">{formatCount(row.consumedUnits)}</TableCell>
            <TableCell className="text-right">{formatCount(row.balance)}</TableCell>
            <TableCell className="hidden text-muted-foreground sm:table-cell">
              <Moment value={new Date(row.observedAt)} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
