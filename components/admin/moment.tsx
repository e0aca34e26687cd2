import { formatMoment } from "@/components/format/dates";

export function Moment({ value }: { value: Date }) {
  return (
    <time dateTime={value.toISOString()} className="whitespace-nowrap">
      {formatMoment(value)}
    </time>
  );
}
