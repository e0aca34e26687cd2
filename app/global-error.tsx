"use client";

import "@/app/globals.css";
import { site } from "@/components/brand/site";
import { Problem } from "@/components/layout/problem";

/** Replaces the root layout, so it brings the whole document. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <title>{`Something went wrong · ${site.name}`}</title>
        <script src="/theme.js" />
      </head>
      <body>
        <main id="main">
          <Problem retry={retry} error={error} />
        </main>
      </body>
    </html>
  );
}
