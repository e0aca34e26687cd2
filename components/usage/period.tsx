import { Day } from "@/components/format/day";
import type { UsageSummary } from "@/lib/usage";

export function Period({ period }: { period: UsageSummary["period"] }) {
  return period.end ? (
    <>
      <Day value={period.start} /> to <Day value={period.end} />
    </>
  ) : (
    <>
      Since <Day value={period.start} />
    </>
  );
}
