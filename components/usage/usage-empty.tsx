import { ChartColumn } from "lucide-react";
import Link from "next/link";
import { Day } from "@/components/format/day";
import { Button } from "@/components/ui/button";
import { unitName } from "@/lib/billing/catalog";

/** Says since when: codes made before a plan began belong to the period before. */
export function UsageEmpty({ since }: { since: Date }) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border border-dashed bg-muted/60 px-6 py-12 text-center">
      <ChartColumn className="size-8 text-muted-foreground" aria-hidden="true" />
      <p className="text-sm text-muted-foreground">
        Nothing used since this period began on <Day value={since} />. The next {unitName.one} you
        create shows up here.
      </p>
      <Button asChild variant="outline">
        <Link href="/dashboard">Create a {unitName.one}</Link>
      </Button>
    </div>
  );
}
