import { formatCount, formatUnits } from "@/components/format/counts";
import { formatDay, formatDayShort } from "@/components/format/dates";
import type { DayUsage } from "@/components/usage/days";

/** A top line that is easy to read, and whose half is a whole number. */
function niceMaximum(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const step = [1, 2, 4, 6, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Math.max(step * power, 2);
}

/** A picture of the table below it, so it is one image to a screen reader. */
export function UsageChart({ days }: { days: readonly DayUsage[] }) {
  const busiest = days.reduce((best, day) => (day.units > best.units ? day : best));
  const maximum = niceMaximum(busiest.units);
  const labelled = new Set([0, Math.floor(days.length / 2), days.length - 1]);
  return (
    <div
      role="img"
      aria-label={`Use by day. Most on ${formatDay(busiest.date)}: ${formatUnits(busiest.units)}.`}
      className="flex gap-3 pb-6 text-xs text-muted-foreground tabular-nums"
    >
      <div className="flex h-48 flex-1 items-end gap-px border-b bg-[linear-gradient(var(--border)_1px,transparent_1px)] bg-size-[100%_50%] sm:gap-1">
        {days.map((day, index) => (
          <div
            key={day.date.getTime()}
            title={`${formatDay(day.date)}: ${formatUnits(day.units)}`}
            className="group relative flex h-full flex-1 items-end hover:bg-accent/70"
          >
            <div
              className="w-full rounded-t-xs bg-brand group-hover:bg-brand-foreground"
              style={{
                height: `${(day.units / maximum) * 100}%`,
                minHeight: day.units > 0 ? 2 : 0,
              }}
            />
            {labelled.has(index) ? (
              <span className="absolute top-full left-1/2 mt-2 -translate-x-1/2 whitespace-nowrap">
                {formatDayShort(day.date)}
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {/* Half a line taller than the chart at both ends, so that each number stands on its line. */}
      <div className="-my-2 flex h-52 w-fit flex-col justify-between leading-4">
        <span>{formatCount(maximum)}</span>
        <span>{formatCount(maximum / 2)}</span>
        <span>0</span>
      </div>
    </div>
  );
}
