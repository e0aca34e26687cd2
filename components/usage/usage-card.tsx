import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Period } from "@/components/usage/period";
import { UsageMeter } from "@/components/usage/usage-meter";
import type { UsageSummary } from "@/lib/usage";

export function UsageCard({ usage }: { usage: UsageSummary }) {
  return (
    <Card>
      <CardHeader className="flex-row flex-wrap items-baseline justify-between gap-x-3">
        <CardTitle>Usage</CardTitle>
        <p className="text-sm text-muted-foreground">
          <Period period={usage.period} />
        </p>
      </CardHeader>
      <UsageMeter usage={usage} />
      <Button asChild variant="outline" className="mt-auto w-fit">
        <Link href="/usage">See usage by day</Link>
      </Button>
    </Card>
  );
}
