import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export function OutcomeLoading() {
  return (
    <Card className="mx-auto max-w-xl gap-6 sm:p-8">
      <h1 className="text-2xl font-semibold">Checking your payment</h1>
      <div className="space-y-5" aria-hidden="true">
        <Skeleton className="h-6 w-2/3" />
        <Skeleton className="h-6 w-1/2" />
        <Skeleton className="h-6 w-3/5" />
      </div>
    </Card>
  );
}
