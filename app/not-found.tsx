import type { Metadata } from "next";
import Link from "next/link";
import { NoticePage } from "@/components/layout/notice-page";
import { PublicShell } from "@/components/layout/public-shell";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <PublicShell>
      <NoticePage title="Off the chart">
        <p className="text-muted-foreground">
          There is no page at this address. It may have moved, or the link has a typing error.
        </p>
        <div className="flex flex-wrap gap-3">
          <Button asChild>
            <Link href="/dashboard">Go to the dashboard</Link>
          </Button>
          <Button asChild variant="outline">
            <Link href="/">Home</Link>
          </Button>
        </div>
      </NoticePage>
    </PublicShell>
  );
}
