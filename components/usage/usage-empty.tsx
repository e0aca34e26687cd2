import { ChartColumn } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { unitName } from "@/lib/billing/catalog";

export function UsageEmpty() {
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border border-dashed bg-muted/60 px-6 py-12 text-center">
      <ChartColumn className="size-8 text-muted-foreground" aria-hidden="true" />
      <p className="text-sm text-muted-foreground">
        Nothing used in this period yet. Your first {unitName.one} shows up here.
      </p>
      <Button asChild variant="outline">
        <Link href="/dashboard">Create a {unitName.one}</Link>
      </Button>
    </div>
  );
}
