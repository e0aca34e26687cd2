"use client";

import { useEffect } from "react";
import { site } from "@/components/brand/site";
import { errorReference } from "@/components/layout/error-reference";
import { NoticePage } from "@/components/layout/notice-page";
import { reportError } from "@/components/layout/report-error";
import { Button } from "@/components/ui/button";

export function Problem({ retry, error }: { retry: () => void; error: unknown }) {
  const reference = errorReference(error);
  useEffect(() => reportError(error), [error]);
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
