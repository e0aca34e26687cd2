import { formatCount, formatUnits } from "@/components/format/counts";
import { formatDay, formatDayShort } from "@/components/format/dates";
import type { DayUsage } from "@/components/usage/days";

/** A top line that is easy to read: 1, 2 or 5 times a power of ten. */
function niceMaximum(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Math.max(step * power, 2);
}

/** A picture of the table below it, so it is one image to a screen reader. */
export function UsageChart({ days }: { days: readonly DayUsage[] }) {
  const busiest = days.reduce((best, day) => (day.units > best.units ? day : best));
  const maximum = niceMaximum(busiest.units);
  const labels = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  return (
    <div
      role="img"
      aria-label={`Use by day. Most on ${formatDay(busiest.date)}: ${formatUnits(busiest.units)}.`}
      className="text-xs text-muted-foreground tabular-nums"
    >
      <div className="flex gap-3">
        <div className="flex h-48 flex-1 items-end gap-px border-b bg-[linear-gradient(var(--border)_1px,transparent_1px)] bg-size-[100%_50%] sm:gap-1">
          {days.map((day) => (
            <div
              key={day.date.getTime()}
              title={`${formatDay(day.date)}: ${formatUnits(day.units)}`}
              className="group flex h-full flex-1 items-end hover:bg-accent/70"
            >
              <div
                className="w-full rounded-t-xs bg-brand group-hover:bg-brand-foreground"
                style={{
                  height: `${(day.units / maximum) * 100}%`,
                  minHeight: day.units > 0 ? 2 : 0,
                }}
              />
            </div>
          ))}
        </div>
        <div className="-mt-2 flex h-48 w-fit flex-col justify-between">
          <span>{formatCount(maximum)}</span>
          <span>{formatCount(maximum / 2)}</span>
          <span>0</span>
        </div>
      </div>
      <div className="mt-2 mr-12 flex justify-between">
        {labels.map((day, index) => (
          // The three ends of one axis: their order is what they are.
          <span key={["first", "middle", "last"][index]}>
            {day ? formatDayShort(day.date) : ""}
          </span>
        ))}
      </div>
    </div>
  );
}
