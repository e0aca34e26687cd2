import { formatCount, formatUnits } from "@/components/format/counts";
import { cn } from "@/components/ui/cn";
import type { UsageSummary } from "@/lib/usage";

/** Eleven ticks, the first and the last flush with the bar's ends. */
const ticks =
  "bg-[repeating-linear-gradient(90deg,var(--input)_0_1px,transparent_1px_calc((100%-1px)/10))]";

export function UsageMeter({ usage }: { usage: UsageSummary }) {
  const { used, included, remaining, overageUnits, hardLimit } = usage;
  const share = included > 0 ? Math.min(1, used / included) : 1;
  const low = remaining === 0;
  return (
    <div className="space-y-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          <span className="text-2xl font-semibold tracking-tight tabular-nums">
            {formatCount(used)}
          </span>{" "}
          <span className="text-muted-foreground">of {formatUnits(included)}</span>
        </span>
        <span className={cn("text-sm", low ? "text-warning-foreground" : "text-muted-foreground")}>
          {overageUnits > 0
            ? `${formatCount(overageUnits)} over`
            : low
              ? hardLimit
                ? "Used up"
                : "Allowance used"
              : `${formatCount(remaining)} left`}
        </span>
      </p>
      <meter
        className="sr-only"
        aria-label="Allowance used"
        min={0}
        max={Math.max(included, 1)}
        value={Math.min(used, Math.max(included, 1))}
      >
        {`${formatUnits(used)} of ${formatCount(included)} used`}
      </meter>
      <div aria-hidden="true">
        <div className="h-2 overflow-hidden rounded-full bg-secondary">
          <div
            className={cn("h-full rounded-full", low ? "bg-warning" : "bg-brand")}
            style={{ width: `${share * 100}%`, minWidth: share > 0 ? 4 : 0 }}
          />
        </div>
        <div className={cn("mt-1.5 h-1.5 opacity-50", ticks)} />
      </div>
    </div>
  );
}
