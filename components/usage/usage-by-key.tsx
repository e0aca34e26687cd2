import { formatCount } from "@/components/format/counts";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { unitName } from "@/lib/billing/catalog";
import type { KeyUsage } from "@/lib/usage";

/** Each row holds its own bar, so that picture and table are one. */
export function UsageByKey({ keys }: { keys: readonly KeyUsage[] }) {
  const most = Math.max(1, ...keys.map(({ units }) => units));
  return (
    <Table>
      <caption className="sr-only">Use by API key in this period, most first</caption>
      <thead>
        <TableRow>
          <TableHead>Key</TableHead>
          <TableHead className="w-24 text-right first-letter:uppercase">{unitName.many}</TableHead>
        </TableRow>
      </thead>
      <tbody>
        {keys.map(({ id, name, units }) => (
          <TableRow key={id}>
            <TableCell>
              <span className="break-words">{name ?? "In the app"}</span>
              <div aria-hidden="true" className="mt-1.5 h-1.5 rounded-full bg-secondary">
                <div
                  className="h-full rounded-full bg-brand"
                  style={{ width: `${(units / most) * 100}%`, minWidth: 3 }}
                />
              </div>
            </TableCell>
            <TableCell className="text-right tabular-nums">{formatCount(units)}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
