import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/components/format/counts";
import { formatOverage } from "@/components/format/overage";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { type Feature, featureLabels, type Plan, plans, unitName } from "@/lib/billing/catalog";

function YesNo({ value }: { value: boolean }) {
  return value ? (
    <>
      <Check className="size-4 text-success-foreground" aria-hidden="true" />
      <span className="sr-only">Yes</span>
    </>
  ) : (
    <>
      <Minus className="size-4 text-muted-foreground" aria-hidden="true" />
      <span className="sr-only">No</span>
    </>
  );
}

function beyond({ overage }: Plan): string {
  return overage ? formatOverage(overage) : "Stops, or buy a pack";
}

const features = Object.keys(featureLabels) as Feature[];

const rows: { label: string; cell: (plan: Plan) => ReactNode }[] = [
  {
    label: `${unitName.many} a month`,
    cell: (plan) => <span className="font-medium">{formatCount(plan.monthlyUnits)}</span>,
  },
  { label: "Beyond that", cell: beyond },
  ...features.map((feature) => ({
    label: featureLabels[feature],
    cell: (plan: Plan) => <YesNo value={plan.features.includes(feature)} />,
  })),
  {
    label: "API requests a minute",
    cell: ({ requestsPerMinute }) => formatCount(requestsPerMinute),
  },
  { label: "Packs on top", cell: () => <YesNo value={true} /> },
  {
    label: "Free trial",
    cell: (plan) => (plan.trialDays > 0 ? `${plan.trialDays} days` : <YesNo value={false} />),
  },
  {
    label: "Cancel any time",
    cell: (plan) => (plan.products ? <YesNo value={true} /> : "Nothing to cancel"),
  },
];

export function CompareTable() {
  return (
    <Table className="table-fixed text-xs sm:text-sm">
      <caption className="sr-only">The plans side by side</caption>
      <thead>
        <TableRow>
          <TableHead className="w-[28%] sm:w-[34%]">
            <span className="sr-only">What</span>
          </TableHead>
          {plans.map((plan) => (
            <TableHead key={plan.key} className="text-foreground">
              {plan.name}
            </TableHead>
          ))}
        </TableRow>
      </thead>
      <tbody>
        {rows.map(({ label, cell }) => (
          <TableRow key={label}>
            <TableHead scope="row" className="py-3 first-letter:uppercase">
              {label}
            </TableHead>
            {plans.map((plan) => (
              <TableCell key={plan.key}>{cell(plan)}</TableCell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
