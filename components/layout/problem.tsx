"use client";

import { site } from "@/components/brand/site";
import { NoticePage } from "@/components/layout/notice-page";
import { Button } from "@/components/ui/button";

export function Problem({ retry, reference }: { retry: () => void; reference?: string }) {
  return (
    <NoticePage title="Something went wrong">
      <div role="alert" className="space-y-3 text-muted-foreground">
        <p>This page could not be shown. Try again; if it stays like this, write to us.</p>
        {reference ? (
          <p className="text-sm">
            Reference: <code className="font-mono text-foreground">{reference}</code>
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="button" onClick={retry}>
          Try again
        </Button>
        <Button asChild variant="outline">
          <a href={`mailto:${site.supportEmail}`}>Write to support</a>
        </Button>
      </div>
    </NoticePage>
  );
}
