import { formatDay } from "@/components/format/dates";

export function Day({ value, className }: { value: Date; className?: string }) {
  return (
    <time dateTime={value.toISOString()} className={className}>
      {formatDay(value)}
    </time>
  );
}
