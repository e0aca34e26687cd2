export type Bar = {
  key: number;
  value: number;
  /** What a pointer that rests on it is told. */
  title: string;
  /** What stands below it; bars without are between those that have. */
  label: string | null;
};

/** A top line that is easy to read, and whose half is a whole number. */
function niceMaximum(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const step = [1, 2, 4, 6, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Math.max(step * power, 2);
}

/** A picture of the table that stands beside it, so it is one image to a screen reader, which is told `summary`. */
export function BarChart({
  summary,
  bars,
  format,
}: {
  summary: string;
  bars: readonly Bar[];
  format: (value: number) => string;
}) {
  const maximum = niceMaximum(Math.max(...bars.map(({ value }) => value)));
  return (
    <div
      role="img"
      aria-label={summary}
      className="flex gap-3 pb-6 text-xs text-muted-foreground tabular-nums"
    >
      <div className="flex h-48 flex-1 items-end gap-px border-b bg-[linear-gradient(var(--border)_1px,transparent_1px)] bg-size-[100%_50%] sm:gap-1">
        {bars.map(({ key, value, title, label }) => (
          <div
            key={key}
            title={title}
            className="group relative flex h-full flex-1 items-end hover:bg-accent/70"
          >
            <div
              className="w-full rounded-t-xs bg-brand group-hover:bg-brand-foreground"
              style={{ height: `${(value / maximum) * 100}%`, minHeight: value > 0 ? 2 : 0 }}
            />
            {label ? (
              <span className="absolute top-full left-1/2 mt-2 -translate-x-1/2 whitespace-nowrap">
                {label}
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {/* Half a line taller than the chart at both ends, so that each number stands on its line. */}
      <div className="-my-2 flex h-52 w-fit flex-col justify-between leading-4">
        <span>{format(maximum)}</span>
        <span>{format(maximum / 2)}</span>
        <span>{format(0)}</span>
      </div>
    </div>
  );
}
