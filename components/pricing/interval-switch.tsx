import type { Interval } from "@/lib/billing/catalog";

const options: { value: Interval; label: string }[] = [
  { value: "month", label: "Monthly" },
  { value: "year", label: "Yearly" },
];

export function IntervalSwitch({ initial, saving }: { initial: Interval; saving: string | null }) {
  return (
    <fieldset className="mx-auto w-fit">
      <legend className="sr-only">Billing interval</legend>
      <div className="inline-flex rounded-full border bg-muted p-1">
        {options.map(({ value, label }) => (
          <label
            key={value}
            className="flex h-9 items-center gap-2 rounded-full px-4 text-sm font-medium text-muted-foreground transition-colors hover:text-foreground has-checked:bg-card has-checked:text-foreground has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring dark:has-checked:bg-accent"
          >
            <input
              type="radio"
              name="interval"
              value={value}
              defaultChecked={value === initial}
              className="sr-only"
            />
            {label}
            {value === "year" && saving ? (
              <span className="text-xs text-brand-foreground">{saving}</span>
            ) : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
