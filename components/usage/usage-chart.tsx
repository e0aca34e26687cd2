import { BarChart } from "@/components/charts/bar-chart";
import { formatCount, formatUnits } from "@/components/format/counts";
import { formatDay, formatDayShort } from "@/components/format/dates";
import type { DayUsage } from "@/components/usage/days";

export function UsageChart({ days }: { days: readonly DayUsage[] }) {
  const busiest = days.reduce((best, day) => (day.units > best.units ? day : best));
  const labelled = new Set([0, Math.floor(days.length / 2), days.length - 1]);
  return (
    <BarChart
      summary={`Use by day. Most on ${formatDay(busiest.date)}: ${formatUnits(busiest.units)}.`}
      bars={days.map(({ date, units }, index) => ({
        key: date.getTime(),
        value: units,
        title: `${formatDay(date)}: ${formatUnits(units)}`,
        label: labelled.has(index) ? formatDayShort(date) : null,
      }))}
      format={formatCount}
    />
  );
}
