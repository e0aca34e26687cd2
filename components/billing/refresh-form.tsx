import { RefreshCw } from "lucide-react";
import { formatMoment } from "@/components/format/dates";
import { Button } from "@/components/ui/button";

/** Asks for a comparison with Polar now, and says when there was one last. */
export function RefreshForm({ refreshedAt }: { refreshedAt: Date | null }) {
  return (
    <form
      action="/api/billing/refresh"
      method="post"
      className="flex flex-wrap items-center justify-between gap-3 border-t pt-4"
    >
      <p className="text-sm text-muted-foreground">
        {refreshedAt ? (
          <>
            Last compared with Polar on{" "}
            <time dateTime={refreshedAt.toISOString()}>{formatMoment(refreshedAt)}</time>.
          </>
        ) : (
          "Is something missing that you have just paid?"
        )}
      </p>
      <Button type="submit" variant="outline" size="sm">
        <RefreshCw aria-hidden="true" />
        Refresh
      </Button>
    </form>
  );
}
